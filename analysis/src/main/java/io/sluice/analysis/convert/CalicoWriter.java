package io.sluice.analysis.convert;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** projectcalico.org/v3 NetworkPolicy, in the tier default. */
final class CalicoWriter implements Writer {
    @Override
    public List<Document> write(Policy policy, ObjectText text) {
        String namespace = Namespaced.namespace(policy);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("tier", "default");
        spec.put("order", (long) Policy.NETWORK_POLICY_PRIORITY);
        spec.put("selector", selector(policy.subject().pods(), policy.position()));
        List<String> types = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            if (policy.section(direction).isPresent()) {
                types.add(direction == Direction.INGRESS ? "Ingress" : "Egress");
            }
        }
        spec.put("types", types);
        for (Section section : policy.sections()) {
            List<Object> rules = new ArrayList<>();
            section.rules().forEach(rule -> rule(rule, section.direction(), namespace, rules));
            if (!rules.isEmpty()) {
                spec.put(section.direction().toString(), rules);
            }
        }
        Map<String, Object> fields = Head.of("projectcalico.org/v3", "NetworkPolicy", policy, text);
        fields.put("spec", spec);
        return List.of(new Document(policy.id(), policy.position(), fields));
    }

    /** A rule has one peer, whose parts must all match, and one protocol; so alternatives are rules of their own. */
    private static void rule(Rule rule, Direction direction, String namespace, List<Object> rules) {
        List<Map<String, Object>> peers = new ArrayList<>();
        rule.peers().forEach(peer -> peer(peer, namespace, rule.position(), peers));
        for (Map<String, Object> peer : peers) {
            if (Ports.isEverything(rule.ports())) {
                rules.add(rule("", peer, List.of(), direction));
                continue;
            }
            Map<Protocol, List<Ports>> byProtocol = Ports.of(rule.ports(), rule.position()).stream()
                    .collect(Collectors.groupingBy(Ports::protocol, LinkedHashMap::new, Collectors.toList()));
            byProtocol.forEach((protocol, ports) -> rules.add(rule(
                    protocol.hasPorts() || protocol.isIcmp()
                            ? protocol.toString()
                            : Integer.toString(protocol.number()),
                    peer,
                    ports.stream().anyMatch(Ports.Whole.class::isInstance) ? List.of() : ports,
                    direction)));
        }
    }

    private static Map<String, Object> rule(
            String protocol, Map<String, Object> peer, List<Ports> ports, Direction direction) {
        Map<String, Object> out = Document.of("action", "Allow");
        if (!protocol.isEmpty()) {
            out.put("protocol", protocol.matches("[0-9]+") ? (Object) Integer.valueOf(protocol) : protocol);
        }
        List<Object> numbers = new ArrayList<>();
        for (Ports port : ports) {
            switch (port) {
                case Ports.Whole _ -> {}
                case Ports.Name(var _, String name) -> numbers.add(name);
                case Ports.Numbers(var _, int first, int last) ->
                    numbers.add(first == last ? (Object) first : first + ":" + last);
            }
        }
        Map<String, Object> destination = new LinkedHashMap<>();
        if (direction == Direction.EGRESS) {
            destination.putAll(peer);
        } else if (!peer.isEmpty()) {
            out.put("source", peer);
        }
        if (!numbers.isEmpty()) {
            destination.put("ports", numbers);
        }
        if (!destination.isEmpty()) {
            out.put("destination", destination);
        }
        return out;
    }

    private static void peer(Peer peer, String namespace, SourcePosition position, List<Map<String, Object>> peers) {
        switch (peer) {
            case Peer.Everything() -> peers.add(Map.of());
            case Peer.Any(List<Peer> parts) -> parts.forEach(part -> peer(part, namespace, position, peers));
            case Peer.Pods(NamespaceMatch namespaces, Selector pods) -> {
                Map<String, Object> out = new LinkedHashMap<>();
                switch (namespaces) {
                    case NamespaceMatch.Named(String name) -> {
                        if (!name.equals(namespace)) {
                            out.put("namespaceSelector", "kubernetes.io/metadata.name == " + quoted(name));
                        }
                    }
                    case NamespaceMatch.Labelled(Selector selector) ->
                        out.put("namespaceSelector", selector(selector, position));
                }
                out.put("selector", selector(pods, position));
                peers.add(out);
            }
            case Peer.Network _, Peer.All _, Peer.World _, Peer.Nodes _, Peer.OwnNode _, Peer.Domain _, Peer.Not _ -> {
                List<Namespaced.Block> blocks = Namespaced.blocks(peer);
                if (blocks.isEmpty()) {
                    throw new Unsayable("a Calico NetworkPolicy cannot name " + Writer.words(peer), position);
                }
                for (Namespaced.Block block : blocks) {
                    Map<String, Object> out =
                            Document.of("nets", List.of(block.cidr().toString()));
                    if (!block.except().isEmpty()) {
                        out.put(
                                "notNets",
                                block.except().stream().map(Cidr::toString).toList());
                    }
                    peers.add(out);
                }
            }
        }
    }

    /** In Calico's selector language. */
    private static String selector(Selector selector, SourcePosition position) {
        return switch (selector) {
            case Selector.All(List<Selector> parts) ->
                parts.isEmpty()
                        ? "all()"
                        : parts.stream().map(part -> selector(part, position)).collect(Collectors.joining(" && "));
            case Selector.In(String key, Set<String> values) ->
                values.size() == 1
                        ? key(key, position) + " == " + quoted(values.iterator().next())
                        : key(key, position) + " in " + set(values);
            case Selector.Has(String key) -> "has(" + key(key, position) + ")";
            case Selector.Not(Selector.In(String key, Set<String> values)) ->
                values.size() == 1
                        ? key(key, position) + " != " + quoted(values.iterator().next())
                        : key(key, position) + " not in " + set(values);
            case Selector.Not(Selector.Has(String key)) -> "!has(" + key(key, position) + ")";
            default -> throw new Unsayable("the selector " + selector + " is not converted", position);
        };
    }

    private static String key(String key, SourcePosition position) {
        if (Pod.isNoLabel(key)) {
            throw new Unsayable("a selector by " + key + " is not converted", position);
        }
        return key;
    }

    private static String set(Set<String> values) {
        return values.stream().map(CalicoWriter::quoted).collect(Collectors.joining(", ", "{", "}"));
    }

    /** Label values hold no quotes. */
    private static String quoted(String value) {
        return "'" + value + "'";
    }
}
