package io.sluice.analysis.convert;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Spared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** cilium.io/v2 CiliumNetworkPolicy. */
final class CiliumWriter implements Writer {
    private static final String NAMESPACE = "io.kubernetes.pod.namespace";
    private static final String NAMESPACE_LABEL = "io.cilium.k8s.namespace.labels.";

    @Override
    public List<Document> write(Policy policy, ObjectText text) {
        String namespace = Namespaced.namespace(policy);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("endpointSelector", LabelSelectors.of(policy.subject().pods(), policy.position()));
        for (Section section : policy.sections()) {
            List<Object> rules = new ArrayList<>();
            section.rules().forEach(rule -> rule(rule, section.direction(), namespace, rules));
            // Ingress from the own node needs no rule; egress to it does.
            if (section.direction() == Direction.EGRESS && section.spares().contains(Spared.OWN_NODE)) {
                rules.add(Document.of("toEntities", List.of("host")));
            }
            if (rules.isEmpty()) {
                rules.add(Map.of());
            }
            spec.put(section.direction().toString(), rules);
        }
        Map<String, Object> fields = Head.of("cilium.io/v2", "CiliumNetworkPolicy", policy, text);
        fields.put("spec", spec);
        return List.of(new Document(policy.id(), policy.position(), fields));
    }

    /** Peers of different kinds are rules of their own. */
    private static void rule(Rule rule, Direction direction, String namespace, List<Object> rules) {
        String to = direction == Direction.INGRESS ? "from" : "to";
        Map<String, Object> ports = ports(rule);
        if (rule.ports().isEmpty()) {
            return;
        }
        Map<String, List<Object>> kinds = new LinkedHashMap<>();
        for (Peer peer : rule.peers()) {
            peer(peer, to, namespace, rule.position(), kinds);
        }
        kinds.forEach((field, peers) -> {
            Map<String, Object> out = Document.of(field, peers);
            out.putAll(ports);
            rules.add(out);
        });
    }

    private static void peer(
            Peer peer, String to, String namespace, SourcePosition position, Map<String, List<Object>> kinds) {
        switch (peer) {
            case Peer.Everything() -> add(kinds, to + "Entities", "all");
            case Peer.OwnNode() -> add(kinds, to + "Entities", "host");
            case Peer.World() -> add(kinds, to + "Entities", "world");
            case Peer.Pods(NamespaceMatch namespaces, Selector pods) ->
                add(kinds, to + "Endpoints", endpoints(namespaces, pods, namespace, position));
            case Peer.Any(List<Peer> parts) -> parts.forEach(part -> peer(part, to, namespace, position, kinds));
            case Peer.Network _, Peer.All _, Peer.Nodes _, Peer.Domain _, Peer.Not _ -> {
                List<Namespaced.Block> blocks = Namespaced.blocks(peer);
                if (blocks.isEmpty()) {
                    throw new Unsayable("a CiliumNetworkPolicy cannot name " + Writer.words(peer), position);
                }
                blocks.forEach(block -> add(kinds, to + "CIDRSet", Writer.cidr(block, "except")));
            }
        }
    }

    private static void add(Map<String, List<Object>> kinds, String field, Object item) {
        kinds.computeIfAbsent(field, _ -> new ArrayList<>()).add(item);
    }

    /** Labels of the namespace are labels of the endpoint under names of their own. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> endpoints(
            NamespaceMatch match, Selector pods, String namespace, SourcePosition position) {
        Map<String, Object> of = switch (match) {
            case NamespaceMatch.Named(String name) ->
                name.equals(namespace)
                        ? new LinkedHashMap<>()
                        : Document.of("matchLabels", Document.of("k8s:" + NAMESPACE, name));
            case NamespaceMatch.Labelled(Selector selector)
            when selector.equals(Selector.ALL) ->
                Document.of("matchExpressions", List.of(Map.of("key", "k8s:" + NAMESPACE, "operator", "Exists")));
            case NamespaceMatch.Labelled(Selector selector) ->
                LabelSelectors.of(
                        selector,
                        key -> key.equals(io.sluice.policy.model.Namespace.NAME_LABEL)
                                ? "k8s:" + NAMESPACE
                                : "k8s:" + NAMESPACE_LABEL + key,
                        position);
        };
        Map<String, Object> ofPods = LabelSelectors.of(pods, position);
        Map<String, Object> out = new LinkedHashMap<>();
        Map<String, Object> labels = new LinkedHashMap<>();
        List<Object> expressions = new ArrayList<>();
        for (Map<String, Object> part : List.of(of, ofPods)) {
            labels.putAll((Map<String, Object>) part.getOrDefault("matchLabels", Map.of()));
            expressions.addAll((List<Object>) part.getOrDefault("matchExpressions", List.of()));
        }
        if (!labels.isEmpty()) {
            out.put("matchLabels", labels);
        }
        if (!expressions.isEmpty()) {
            out.put("matchExpressions", expressions);
        }
        return out;
    }

    private static Map<String, Object> ports(Rule rule) {
        if (Ports.isEverything(rule.ports())) {
            return Map.of();
        }
        List<Object> ports = new ArrayList<>();
        for (Ports port : Ports.of(rule.ports(), rule.position())) {
            if (!port.protocol().hasPorts()) {
                throw new Unsayable("ports of " + port.protocol() + " are not converted", rule.position());
            }
            Map<String, Object> out = new LinkedHashMap<>();
            switch (port) {
                case Ports.Whole _ -> out.put("port", "0");
                case Ports.Name(var _, String name) -> out.put("port", name);
                case Ports.Numbers(var _, int first, int last) -> {
                    out.put("port", Integer.toString(first));
                    if (last > first) {
                        out.put("endPort", last);
                    }
                }
            }
            out.put("protocol", port.protocol().toString());
            ports.add(out);
        }
        return Document.of("toPorts", List.of(Document.of("ports", ports)));
    }
}
