package io.sluice.manifests;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One item of {@code from} or {@code to}: pods, namespaces, pods in namespaces, or a block of addresses. */
final class NetworkPolicyPeer {
    private NetworkPolicyPeer() {}

    /**
     * Empty, and reported, where it is not valid.
     *
     * @param namespace the policy's own
     */
    static Optional<Peer> read(Cursor item, String namespace) {
        Optional<Selector> pods = item.child("podSelector").map(Labels::selector);
        Optional<Selector> namespaces = item.child("namespaceSelector").map(Labels::selector);
        Optional<Cursor> block = item.mapping("ipBlock");
        Optional<Peer> network = block.flatMap(NetworkPolicyPeer::network);
        if (block.isPresent()) {
            if (pods.isPresent() || namespaces.isPresent()) {
                Invalid.forbidden(
                        item,
                        "may not specify both ipBlock and another peer",
                        "make them two items of the list, each with its own dash");
            }
            return network;
        }
        if (pods.isEmpty() && namespaces.isEmpty()) {
            if (item.child("ipBlock").isEmpty()) {
                Invalid.required(item, "", "must specify a peer", "podSelector, namespaceSelector or ipBlock");
            }
            return Optional.empty();
        }
        return Optional.of(new Peer.Pods(
                namespaces
                        .<NamespaceMatch>map(NamespaceMatch.Labelled::new)
                        .orElse(new NamespaceMatch.Named(namespace)),
                pods.orElse(Selector.ALL)));
    }

    private static Optional<Peer> network(Cursor block) {
        Optional<Cursor> field = block.child("cidr");
        Optional<String> text = field.flatMap(Cursor::text);
        if (field.isEmpty() || text.filter(String::isEmpty).isPresent()) {
            Invalid.required(block, "cidr", "", "an address and a length, such as 10.0.0.0/8");
            return Optional.empty();
        }
        Optional<LooseCidr> cidr = text.flatMap(t -> LooseCidr.read(field.get(), t));
        List<Cidr> except = new ArrayList<>();
        if (cidr.isPresent()) {
            for (Cursor item : block.list("except")) {
                item.text().flatMap(t -> LooseCidr.read(item, t)).ifPresent(e -> {
                    if (cidr.get().strictlyContains(e)) {
                        except.add(e.cidr());
                    } else {
                        Invalid.text(item, item.text().orElse(""), "must be a strict subset of `cidr`", "");
                    }
                });
            }
        }
        return cidr.map(c -> new Peer.Network(c.cidr(), except));
    }
}
