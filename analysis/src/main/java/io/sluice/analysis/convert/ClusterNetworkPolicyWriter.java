package io.sluice.analysis.convert;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy. Its lists hold at most 25 items where v1alpha1 took 100: longer
 * rules become several rules with the same action, which changes nothing, and longer policies several policies of
 * consecutive priorities, for which those priorities must be free.
 */
final class ClusterNetworkPolicyWriter implements Writer {
    private static final int MOST = 25;
    private static final int LAST_PRIORITY = 1000;

    private final Snapshot snapshot;

    ClusterNetworkPolicyWriter(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public List<Document> write(Policy policy, ObjectText text) {
        if (!policy.tier().equals(Tier.ADMIN) && !policy.tier().equals(Tier.BASELINE)) {
            throw new Unsayable("it is of the tier " + policy.tier().name(), policy.position());
        }
        Map<Direction, List<Object>> rules = new LinkedHashMap<>();
        int longest = 1;
        for (Section section : policy.sections()) {
            List<Object> all = new ArrayList<>();
            section.rules().forEach(rule -> rule(rule, section.direction(), all));
            rules.put(section.direction(), all);
            longest = Math.max(longest, all.size());
        }
        int parts = (longest + MOST - 1) / MOST;
        checkPriorities(policy, parts);
        List<Document> out = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            Map<String, Object> spec = new LinkedHashMap<>();
            spec.put("tier", policy.tier().equals(Tier.ADMIN) ? "Admin" : "Baseline");
            spec.put("priority", (int) policy.priority() + part);
            spec.put(
                    "subject",
                    pods(policy.subject().namespaces(), policy.subject().pods(), policy.position()));
            for (Map.Entry<Direction, List<Object>> each : rules.entrySet()) {
                List<Object> all = each.getValue();
                List<Object> own =
                        all.subList(Math.min(all.size(), part * MOST), Math.min(all.size(), (part + 1) * MOST));
                if (!own.isEmpty()) {
                    spec.put(each.getKey().toString(), List.copyOf(own));
                }
            }
            Map<String, Object> fields =
                    Head.of("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", "", name(policy, part), text);
            fields.put("spec", spec);
            out.add(new Document(policy.id(), policy.position(), fields));
        }
        return out;
    }

    /** AdminNetworkPolicies and the BaselineAdminNetworkPolicy could share a name, as could a part and another policy. */
    private String name(Policy policy, int part) {
        Set<String> taken = new HashSet<>();
        for (Policy other : snapshot.policies()) {
            if (!other.id().equals(policy.id()) && other.id().namespace().isEmpty()) {
                taken.add(other.id().name());
            }
        }
        String whole = policy.id().name();
        if (policy.tier().equals(Tier.BASELINE) && taken.contains(whole)) {
            whole = whole + "-baseline";
        }
        String name = part == 0 ? whole : whole + "-" + (part + 1);
        if (part > 0 && taken.contains(name)) {
            throw new Unsayable("its part would be called " + name + ", as another policy is", policy.position());
        }
        return name;
    }

    private void checkPriorities(Policy policy, int parts) {
        int last = (int) policy.priority() + parts - 1;
        if (last > LAST_PRIORITY) {
            throw new Unsayable(
                    "it must be split into " + parts + " policies, and there is no priority after " + LAST_PRIORITY,
                    policy.position());
        }
        for (Policy other : snapshot.policies()) {
            if (other.tier().equals(policy.tier())
                    && other.priority() > policy.priority()
                    && other.priority() <= last) {
                throw new Unsayable(
                        "it must be split into " + parts + " policies, of the priorities " + (int) policy.priority()
                                + " to " + last + ", but " + other.id() + " has " + (int) other.priority()
                                + ": leave room between them",
                        policy.position());
            }
        }
    }

    private static void rule(Rule rule, Direction direction, List<Object> rules) {
        if (rule.peers().contains(Peer.EVERYTHING)) {
            throw new Unsayable("a rule of it fails closed, having a peer that is not known", rule.position());
        }
        List<Object> peers = new ArrayList<>();
        peers(rule, peers);
        List<Object> protocols = Ports.isEverything(rule.ports())
                ? List.of()
                : rule.ports().stream()
                        .<Object>map(port -> protocol(port, rule.position()))
                        .toList();
        int first = rules.size();
        for (List<Object> some : chunks(peers)) {
            for (List<Object> ports : protocols.isEmpty() ? List.of(List.<Object>of()) : chunks(protocols)) {
                Map<String, Object> out = new LinkedHashMap<>();
                if (!rule.name().isEmpty()) {
                    out.put("name", rule.name());
                }
                out.put("action", action(rule.action(), rule.position()));
                out.put(direction == Direction.INGRESS ? "from" : "to", some);
                if (!ports.isEmpty()) {
                    out.put("protocols", ports);
                }
                rules.add(out);
            }
        }
        if (rules.size() == first) {
            throw new Unsayable("a rule of it has no peer that is known", rule.position());
        }
    }

    private static String action(Action action, SourcePosition position) {
        return switch (action) {
            case ALLOW -> "Accept";
            case DENY -> "Deny";
            case PASS -> "Pass";
            case LOG -> throw new Unsayable("a rule of it only logs", position);
        };
    }

    /** Networks and domain names are listed in one peer. */
    private static void peers(Rule rule, List<Object> out) {
        List<Object> networks = new ArrayList<>();
        List<Object> domains = new ArrayList<>();
        for (Peer peer : rule.peers()) {
            switch (peer) {
                case Peer.Pods(NamespaceMatch namespaces, Selector pods) ->
                    out.add(pods(namespaces, pods, rule.position()));
                case Peer.Nodes(Selector nodes) ->
                    out.add(Document.of("nodes", LabelSelectors.of(nodes, rule.position())));
                case Peer.Network(Cidr cidr, List<Cidr> except) when except.isEmpty() -> networks.add(cidr.toString());
                case Peer.Domain(DomainPattern pattern) -> domains.add(pattern.text());
                case Peer.Everything _,
                        Peer.Network _,
                        Peer.OwnNode _,
                        Peer.World _,
                        Peer.All _,
                        Peer.Any _,
                        Peer.Not _ ->
                    throw new Unsayable("a ClusterNetworkPolicy cannot name " + Writer.words(peer), rule.position());
            }
        }
        chunks(networks).forEach(some -> out.add(Document.of("networks", some)));
        chunks(domains).forEach(some -> out.add(Document.of("domainNames", some)));
    }

    private static Map<String, Object> pods(NamespaceMatch match, Selector pods, SourcePosition position) {
        Selector namespaces = switch (match) {
            case NamespaceMatch.Labelled(Selector selector) -> selector;
            case NamespaceMatch.Named(String name) ->
                new Selector.In(io.sluice.policy.model.Namespace.NAME_LABEL, Set.of(name));
        };
        if (pods.equals(Selector.ALL)) {
            return Document.of("namespaces", LabelSelectors.of(namespaces, position));
        }
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("namespaceSelector", LabelSelectors.of(namespaces, position));
        both.put("podSelector", LabelSelectors.of(pods, position));
        return Document.of("pods", both);
    }

    private static Map<String, Object> protocol(PortMatch match, SourcePosition position) {
        return switch (match) {
            case PortMatch.Named(String name, var _) -> Document.of("destinationNamedPort", name);
            case PortMatch.Range(TrafficRange range) -> {
                Protocol protocol = new Protocol(range.first() >>> 16);
                if (!protocol.hasPorts() || range.last() >>> 16 != protocol.number()) {
                    throw new Unsayable("a ClusterNetworkPolicy cannot name these protocols", position);
                }
                int first = range.first() & 0xffff;
                int last = range.last() & 0xffff;
                Map<String, Object> ends = new LinkedHashMap<>();
                ends.put("start", Math.max(1, first));
                ends.put("end", last);
                yield Document.of(
                        protocol.toString().toLowerCase(Locale.ROOT),
                        Document.of(
                                "destinationPort",
                                first == last ? Document.of("number", first) : Document.of("range", ends)));
            }
        };
    }

    private static List<List<Object>> chunks(List<Object> all) {
        List<List<Object>> out = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MOST) {
            out.add(List.copyOf(all.subList(i, Math.min(all.size(), i + MOST))));
        }
        return out;
    }
}
