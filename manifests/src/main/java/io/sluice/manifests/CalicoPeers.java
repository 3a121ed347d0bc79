package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The far end of a rule as peers. Calico turns a selector into the addresses of the pods, network sets and host
 * endpoints that have the labels, so a set's networks count whoever holds them. {@code notSelector} takes away from
 * whatever is left, be it of Calico's or not, and knows no namespaces; but it, too, limits a namespaced policy's rule to
 * the own namespace (GetEntityRuleSelector, libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go: "as soon as any
 * of the selector fields are used, including NotSelector").
 *
 * @param namespace the policy's, empty if it lies in none
 */
record CalicoPeers(CalicoReferences references, String namespace) {
    private static final Peer V4 = new Peer.Network(Cidr.parse("0.0.0.0/0"), List.of());
    private static final Peer V6 = new Peer.Network(Cidr.parse("::/0"), List.of());

    List<Peer> of(CalicoEntity far) {
        List<Peer> conditions = new ArrayList<>();
        labelled(far).ifPresent(conditions::add);
        far.notSelector()
                .map(not -> new Peer.Not(
                        any(endpoints(NamespaceMatch.EVERY, Optional.empty(), "", List.of(), List.of(not)))))
                .ifPresent(conditions::add);
        if (!far.nets().isEmpty()) {
            conditions.add(any(networks(far.nets())));
        }
        if (!far.notNets().isEmpty()) {
            conditions.add(new Peer.Not(any(networks(far.notNets()))));
        }
        return together(conditions);
    }

    /** The pods and sets that the far end's labels ask for; empty where it asks for none. */
    private Optional<Peer> labelled(CalicoEntity far) {
        boolean asked = far.selector().isPresent()
                || far.accounts().isPresent()
                || far.namespaces().isPresent();
        if (!asked && (far.notSelector().isEmpty() || namespace.isEmpty())) {
            return Optional.empty();
        }
        NamespaceMatch in = far.namespaces()
                .map(CalicoKeys::ofNamespaces)
                .<NamespaceMatch>map(NamespaceMatch.Labelled::new)
                .orElse(namespace.isEmpty() ? NamespaceMatch.EVERY : new NamespaceMatch.Named(namespace));
        return Optional.of(any(endpoints(
                in,
                far.namespaces(),
                namespace,
                far.accounts().stream().toList(),
                far.selector().stream().toList())));
    }

    private List<Peer> endpoints(
            NamespaceMatch in,
            Optional<Selector> namespaces,
            String own,
            List<Selector> accounts,
            List<Selector> selectors) {
        List<Selector> ofPods = new ArrayList<>(accounts);
        selectors.stream().map(CalicoKeys::ofPods).forEach(ofPods::add);
        List<Selector> ofSets = new ArrayList<>(accounts);
        ofSets.addAll(selectors);
        List<Peer> peers = new ArrayList<>();
        boolean nowhere = namespaces.filter(CalicoSelector.GLOBAL::equals).isPresent();
        if (!nowhere) {
            peers.add(new Peer.Pods(in, all(ofPods)));
        }
        peers.addAll(references.networks(namespaces, own, all(ofSets)));
        return peers;
    }

    /** The same, of one version of IP; where it is not known, an address is of the one that is denied, not of the other. */
    List<Peer> ofVersion(List<Peer> peers, int version, Action action) {
        if (version == 0 || peers.isEmpty()) {
            return peers;
        }
        Peer family = version == 4 ? V4 : V6;
        Peer only = action == Action.DENY ? new Peer.Not(version == 4 ? V6 : V4) : family;
        return peers.equals(List.of(Peer.EVERYTHING))
                ? List.of(only)
                : List.of(new Peer.All(List.of(any(peers), only)));
    }

    static Selector all(List<Selector> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Selector.All(parts);
    }

    private static List<Peer> networks(List<Cidr> nets) {
        return nets.stream().<Peer>map(net -> new Peer.Network(net, List.of())).toList();
    }

    private static Peer any(List<Peer> peers) {
        return peers.size() == 1 ? peers.getFirst() : new Peer.Any(peers);
    }

    /** All conditions at once, as alternatives where they can be. */
    private static List<Peer> together(List<Peer> conditions) {
        if (conditions.isEmpty()) {
            return List.of(Peer.EVERYTHING);
        }
        Peer peer = conditions.size() == 1 ? conditions.getFirst() : new Peer.All(conditions);
        return peer instanceof Peer.Any(List<Peer> parts) ? parts : List.of(peer);
    }
}
