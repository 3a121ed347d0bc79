package io.sluice.testing;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The policies of the conformance suites: as much of NetworkPolicy and ClusterNetworkPolicy as they use. */
final class PolicyJson {
    private PolicyJson() {}

    /** A policy without kind is a NetworkPolicy. */
    static Policy read(JsonNode json) {
        return switch (json.path("kind").asString("NetworkPolicy")) {
            case "NetworkPolicy" -> networkPolicy(json);
            case "ClusterNetworkPolicy" -> clusterNetworkPolicy(json);
            default -> throw new IllegalArgumentException("a kind that no suite has: " + json.path("kind"));
        };
    }

    private static Policy networkPolicy(JsonNode json) {
        String namespace = json.path("metadata").path("namespace").asString();
        JsonNode spec = json.path("spec");
        Map<Direction, Section> sections = new EnumMap<>(Direction.class);
        for (Direction direction : isolated(spec)) {
            List<Rule> rules = new ArrayList<>();
            for (JsonNode rule : spec.path(direction.toString())) {
                JsonNode peers = rule.path(direction == Direction.INGRESS ? "from" : "to");
                JsonNode ports = rule.path("ports");
                rules.add(new Rule(
                        "",
                        Action.ALLOW,
                        peers.isEmpty()
                                ? List.of(Peer.EVERYTHING)
                                : each(peers, peer -> networkPolicyPeer(peer, namespace)),
                        ports.isEmpty() ? List.of(PortMatch.EVERYTHING) : each(ports, PolicyJson::networkPolicyPort),
                        SourcePosition.NONE));
            }
            sections.put(direction, Section.ofNetworkPolicy(direction, rules));
        }
        return Policy.network(
                new PolicyId(
                        "NetworkPolicy",
                        namespace,
                        json.path("metadata").path("name").asString()),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named(namespace), selector(spec.path("podSelector"))),
                List.copyOf(sections.values()));
    }

    private static List<Direction> isolated(JsonNode spec) {
        JsonNode types = spec.path("policyTypes");
        if (types.isEmpty()) {
            return spec.path("egress").isEmpty() ? List.of(Direction.INGRESS) : List.of(Direction.values());
        }
        return each(types, type -> Direction.valueOf(type.asString().toUpperCase(java.util.Locale.ROOT)));
    }

    private static Peer networkPolicyPeer(JsonNode peer, String namespace) {
        if (peer.hasNonNull("ipBlock")) {
            JsonNode block = peer.path("ipBlock");
            return new Peer.Network(
                    Cidr.parse(block.path("cidr").asString()),
                    each(block.path("except"), e -> Cidr.parse(e.asString())));
        }
        return new Peer.Pods(
                peer.hasNonNull("namespaceSelector")
                        ? new NamespaceMatch.Labelled(selector(peer.path("namespaceSelector")))
                        : new NamespaceMatch.Named(namespace),
                selector(peer.path("podSelector")));
    }

    private static PortMatch networkPolicyPort(JsonNode port) {
        Protocol protocol =
                Protocol.named(port.path("protocol").asString("TCP")).orElseThrow();
        JsonNode number = port.path("port");
        if (number.isString()) {
            return new PortMatch.Named(number.asString(), protocol);
        }
        if (!number.isNumber()) {
            return new PortMatch.Range(TrafficRange.of(protocol));
        }
        int first = number.asInt();
        return new PortMatch.Range(
                TrafficRange.ports(protocol, first, port.path("endPort").asInt(first)));
    }

    private static Policy clusterNetworkPolicy(JsonNode json) {
        JsonNode spec = json.path("spec");
        List<Section> sections = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            List<Rule> rules = each(spec.path(direction.toString()), rule -> clusterRule(rule, direction));
            if (!rules.isEmpty()) {
                sections.add(new Section(direction, false, rules));
            }
        }
        JsonNode subject = spec.path("subject");
        return new Policy(
                new PolicyId(
                        "ClusterNetworkPolicy",
                        "",
                        json.path("metadata").path("name").asString()),
                SourcePosition.NONE,
                spec.path("tier").asString().equals("Admin") ? Tier.ADMIN : Tier.BASELINE,
                spec.path("priority").asInt(),
                Combining.FIRST_MATCH,
                subject.has("namespaces")
                        ? new Subject(new NamespaceMatch.Labelled(selector(subject.path("namespaces"))), Selector.ALL)
                        : new Subject(
                                new NamespaceMatch.Labelled(
                                        selector(subject.path("pods").path("namespaceSelector"))),
                                selector(subject.path("pods").path("podSelector"))),
                sections);
    }

    private static Rule clusterRule(JsonNode rule, Direction direction) {
        List<Peer> peers = new ArrayList<>();
        for (JsonNode peer : rule.path(direction == Direction.INGRESS ? "from" : "to")) {
            if (peer.has("networks")) {
                peer.path("networks")
                        .forEach(cidr -> peers.add(new Peer.Network(Cidr.parse(cidr.asString()), List.of())));
            } else {
                peers.add(clusterPeer(peer));
            }
        }
        return new Rule(
                rule.path("name").asString(""),
                switch (rule.path("action").asString()) {
                    case "Accept" -> Action.ALLOW;
                    case "Deny" -> Action.DENY;
                    case "Pass" -> Action.PASS;
                    default -> throw new IllegalArgumentException("an action that no suite has: " + rule);
                },
                peers,
                rule.path("protocols").isEmpty()
                        ? List.of(PortMatch.EVERYTHING)
                        : each(rule.path("protocols"), PolicyJson::clusterProtocol),
                SourcePosition.NONE);
    }

    private static Peer clusterPeer(JsonNode peer) {
        if (peer.has("namespaces")) {
            return new Peer.Pods(new NamespaceMatch.Labelled(selector(peer.path("namespaces"))), Selector.ALL);
        }
        if (peer.has("pods")) {
            return new Peer.Pods(
                    new NamespaceMatch.Labelled(selector(peer.path("pods").path("namespaceSelector"))),
                    selector(peer.path("pods").path("podSelector")));
        }
        if (peer.has("nodes")) {
            return new Peer.Nodes(selector(peer.path("nodes")));
        }
        throw new IllegalArgumentException("a peer that no suite has: " + peer);
    }

    private static PortMatch clusterProtocol(JsonNode json) {
        if (json.has("destinationNamedPort")) {
            return new PortMatch.Named(json.path("destinationNamedPort").asString(), null);
        }
        Map.Entry<String, JsonNode> member = json.properties().iterator().next();
        Protocol protocol = Protocol.named(member.getKey().toUpperCase(java.util.Locale.ROOT))
                .orElseThrow();
        JsonNode port = member.getValue().path("destinationPort");
        return port.has("number")
                ? PortMatch.port(protocol, port.path("number").asInt())
                : new PortMatch.Range(TrafficRange.ports(
                        protocol,
                        port.path("range").path("start").asInt(),
                        port.path("range").path("end").asInt()));
    }

    /** An absent or null selector is the empty one: the suites leave it out only where it means everything. */
    private static Selector selector(JsonNode json) {
        List<Selector> parts = new ArrayList<>();
        json.path("matchLabels")
                .properties()
                .forEach(e -> parts.add(
                        Selector.labels(Map.of(e.getKey(), e.getValue().asString()))));
        for (JsonNode expression : json.path("matchExpressions")) {
            String key = expression.path("key").asString();
            TreeSet<String> values = new TreeSet<>(each(expression.path("values"), JsonNode::asString));
            parts.add(
                    switch (expression.path("operator").asString()) {
                        case "In" -> new Selector.In(key, values);
                        case "NotIn" -> new Selector.Not(new Selector.In(key, values));
                        case "Exists" -> new Selector.Has(key);
                        case "DoesNotExist" -> new Selector.Not(new Selector.Has(key));
                        default -> throw new IllegalArgumentException("no operator: " + expression);
                    });
        }
        return new Selector.All(parts);
    }

    static <T> List<T> each(JsonNode list, java.util.function.Function<JsonNode, T> read) {
        List<T> out = new ArrayList<>();
        list.forEach(item -> out.add(read.apply(item)));
        return out;
    }
}
