package io.sluice.testing;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says a policy as a NetworkPolicy or ClusterNetworkPolicy, if one of them says exactly that. */
final class PolicyObject {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    /** Whether the priorities of the tier of NetworkPolicies make no difference. */
    private final boolean alike;

    /** The fields of an object. */
    record Spec(String apiVersion, String kind, Map<String, Object> fields) {}

    /** Thrown to leave the middle of a policy that cannot be said. */
    private static final class Unsaid extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unsaid() {
            super(null, null, false, false);
        }
    }

    PolicyObject(List<Policy> all) {
        alike = all.stream()
                        .filter(policy -> policy.tier().equals(Tier.NETWORK_POLICY))
                        .mapToDouble(Policy::priority)
                        .distinct()
                        .count()
                <= 1;
    }

    Optional<Spec> of(Policy policy) {
        try {
            return Optional.of(policy.tier().equals(Tier.NETWORK_POLICY) ? network(policy) : cluster(policy));
        } catch (Unsaid cannotBeSaid) {
            return Optional.empty();
        }
    }

    private static void require(boolean sayable) {
        if (!sayable) {
            throw new Unsaid();
        }
    }

    private Spec network(Policy policy) {
        require(alike
                && policy.combining() == Combining.DENY_OVERRIDES
                && !policy.sections().isEmpty());
        String namespace = policy.id().namespace();
        require(policy.subject().namespaces().equals(new NamespaceMatch.Named(namespace)));
        Map<String, Object> spec = new LinkedHashMap<>();
        List<String> types = new ArrayList<>();
        spec.put("podSelector", selector(policy.subject().pods()));
        spec.put("policyTypes", types);
        for (Section section : policy.sections()) {
            require(section.isolates() && section.spares().equals(Set.of(Spared.values())));
            boolean ingress = section.direction() == Direction.INGRESS;
            types.add(ingress ? "Ingress" : "Egress");
            List<Object> rules = new ArrayList<>();
            for (Rule rule : section.rules()) {
                require(rule.action() == Action.ALLOW && rule.only().isEmpty());
                require(rule.application().isEmpty()
                        && !rule.peers().isEmpty()
                        && !rule.ports().isEmpty());
                Map<String, Object> one = new LinkedHashMap<>();
                if (!rule.peers().equals(List.of(Peer.EVERYTHING))) {
                    one.put(
                            ingress ? "from" : "to",
                            rule.peers().stream()
                                    .map(peer -> peer(peer, namespace))
                                    .toList());
                }
                if (!rule.ports().equals(List.of(PortMatch.EVERYTHING))) {
                    one.put(
                            "ports",
                            rule.ports().stream().map(PolicyObject::port).toList());
                }
                rules.add(one);
            }
            spec.put(ingress ? "ingress" : "egress", rules);
        }
        return new Spec("networking.k8s.io/v1", "NetworkPolicy", spec);
    }

    private static Map<String, Object> peer(Peer peer, String namespace) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (peer instanceof Peer.Pods(NamespaceMatch namespaces, Selector pods)) {
            if (!namespaces.equals(new NamespaceMatch.Named(namespace))) {
                out.put("namespaceSelector", selector(namespaces));
            }
            out.put("podSelector", selector(pods));
        } else if (peer instanceof Peer.Network network) {
            require(network.except().stream().allMatch(e -> network.cidr().contains(e) && !e.equals(network.cidr())));
            Map<String, Object> block = new LinkedHashMap<>();
            block.put("cidr", network.cidr().toString());
            block.put("except", network.except().stream().map(Object::toString).toList());
            out.put("ipBlock", block);
        } else {
            throw new Unsaid();
        }
        return out;
    }

    private static Map<String, Object> port(PortMatch port) {
        Map<String, Object> out = new LinkedHashMap<>();
        switch (port) {
            case PortMatch.Named(String name, var protocol) -> {
                require(protocol != null);
                out.put("port", name);
                out.put("protocol", String.valueOf(protocol));
            }
            case PortMatch.Range(TrafficRange range) -> {
                out.put("protocol", protocol(range).toString());
                if (!range.equals(TrafficRange.of(protocol(range)))) {
                    require((range.first() & 0xffff) > 0);
                    out.put("port", range.first() & 0xffff);
                    out.put("endPort", range.last() & 0xffff);
                }
            }
        }
        return out;
    }

    private static Protocol protocol(TrafficRange range) {
        Protocol protocol = new Protocol(range.first() >>> 16);
        require(protocol.hasPorts() && range.last() >>> 16 == protocol.number());
        return protocol;
    }

    private static Spec cluster(Policy policy) {
        require(policy.tier().equals(Tier.ADMIN) || policy.tier().equals(Tier.BASELINE));
        require(policy.combining() == Combining.FIRST_MATCH);
        require(policy.priority() >= 0 && policy.priority() <= 1_000 && policy.priority() % 1 == 0);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("tier", policy.tier().equals(Tier.ADMIN) ? "Admin" : "Baseline");
        spec.put("priority", (int) policy.priority());
        spec.put(
                "subject",
                Map.of(
                        "pods",
                        pods(policy.subject().namespaces(), policy.subject().pods())));
        for (Section section : policy.sections()) {
            require(!section.isolates() && section.spares().isEmpty());
            boolean ingress = section.direction() == Direction.INGRESS;
            List<Object> rules = new ArrayList<>();
            for (Rule rule : section.rules()) {
                require(rule.only().isEmpty() && rule.application().isEmpty());
                require(!rule.peers().isEmpty() && !rule.ports().isEmpty());
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("action", action(rule.action()));
                one.put(
                        ingress ? "from" : "to",
                        rule.peers().stream()
                                .map(peer -> clusterPeer(peer, ingress))
                                .toList());
                if (!rule.ports().equals(List.of(PortMatch.EVERYTHING))) {
                    one.put(
                            "protocols",
                            rule.ports().stream()
                                    .map(PolicyObject::protocolItem)
                                    .toList());
                }
                rules.add(one);
            }
            spec.put(ingress ? "ingress" : "egress", rules);
        }
        return new Spec("policy.networking.k8s.io/v1alpha2", "ClusterNetworkPolicy", spec);
    }

    private static String action(Action action) {
        return switch (action) {
            case ALLOW -> "Accept";
            case DENY -> "Deny";
            case PASS -> "Pass";
            case LOG -> throw new Unsaid();
        };
    }

    private static Map<String, Object> clusterPeer(Peer peer, boolean ingress) {
        return switch (peer) {
            case Peer.Pods(NamespaceMatch namespaces, Selector pods) -> Map.of("pods", pods(namespaces, pods));
            case Peer.Network network -> {
                require(!ingress && network.except().isEmpty());
                yield Map.of("networks", List.of(network.cidr().toString()));
            }
            case Peer.Nodes(Selector nodes) -> {
                require(!ingress);
                yield Map.of("nodes", selector(nodes));
            }
            case Peer.Everything _, Peer.OwnNode _, Peer.World _, Peer.Domain _, Peer.All _, Peer.Any _, Peer.Not _ ->
                throw new Unsaid();
        };
    }

    private static Map<String, Object> pods(NamespaceMatch namespaces, Selector pods) {
        return Map.of("namespaceSelector", selector(namespaces), "podSelector", selector(pods));
    }

    private static Map<String, Object> protocolItem(PortMatch port) {
        return switch (port) {
            case PortMatch.Named(String name, var protocol) -> {
                require(protocol == null);
                yield Map.of("destinationNamedPort", name);
            }
            case PortMatch.Range(TrafficRange range) -> {
                String protocol = protocol(range).toString().toLowerCase(Locale.ROOT);
                int first = range.first() & 0xffff;
                int last = range.last() & 0xffff;
                // A protocol as a whole cannot be said: the API asks for ports, and there is no port 0.
                require(first > 0);
                yield Map.of(
                        protocol,
                        Map.of(
                                "destinationPort",
                                first == last
                                        ? Map.of("number", first)
                                        : Map.of("range", Map.of("start", first, "end", last))));
            }
        };
    }

    private static Map<String, Object> selector(NamespaceMatch namespaces) {
        return switch (namespaces) {
            case NamespaceMatch.Named(String name) -> Map.of("matchLabels", Map.of(NAME_LABEL, name));
            case NamespaceMatch.Labelled(Selector selector) -> selector(selector);
        };
    }

    private static Map<String, Object> selector(Selector selector) {
        List<Map<String, Object>> expressions = new ArrayList<>();
        add(selector, expressions);
        return expressions.isEmpty() ? Map.of() : Map.of("matchExpressions", expressions);
    }

    private static void add(Selector selector, List<Map<String, Object>> expressions) {
        switch (selector) {
            case Selector.All(var parts) -> parts.forEach(part -> add(part, expressions));
            case Selector.Has(String key) -> expressions.add(expression(key, "Exists", Set.of()));
            case Selector.In(String key, var values) -> expressions.add(expression(key, "In", values));
            case Selector.Not(Selector.Has(String key)) -> expressions.add(expression(key, "DoesNotExist", Set.of()));
            case Selector.Not(Selector.In(String key, var values)) -> expressions.add(expression(key, "NotIn", values));
            case Selector.Not _, Selector.Any _, Selector.Text _ -> throw new Unsaid();
        }
    }

    private static Map<String, Object> expression(String key, String operator, Set<String> values) {
        require(!Pod.isNoLabel(key) && (operator.contains("xist") || !values.isEmpty()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("key", key);
        out.put("operator", operator);
        if (!values.isEmpty()) {
            out.put("values", List.copyOf(values));
        }
        return out;
    }
}
