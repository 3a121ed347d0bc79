package io.sluice.bench;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The specs of the policies that the generated clusters have, in the words of their dialects. */
final class PolicyText {
    private final YamlText text;

    PolicyText(YamlText text) {
        this.text = text;
    }

    void networkPolicy(Policy policy) {
        text.line(0, "spec:");
        text.line(1, "podSelector: " + YamlText.selector(policy.subject().pods()));
        List<String> types = policy.sections().stream()
                .map(s -> s.direction() == Direction.INGRESS ? "Ingress" : "Egress")
                .toList();
        text.line(1, "policyTypes: " + types);
        for (Section section : policy.sections()) {
            if (!section.rules().isEmpty()) {
                text.line(1, word(section.direction()) + ":");
                section.rules()
                        .forEach(rule ->
                                rule(rule, section.direction(), policy.id().namespace()));
            }
        }
    }

    private void rule(Rule rule, Direction direction, String namespace) {
        text.line(1, "- " + (direction == Direction.INGRESS ? "from:" : "to:"));
        rule.peers().forEach(peer -> peer(peer, namespace));
        List<PortMatch> ports = rule.ports().stream()
                .filter(p -> !p.equals(PortMatch.EVERYTHING))
                .toList();
        if (!ports.isEmpty()) {
            text.line(2, "ports:");
            ports.forEach(port -> text.line(2, "- " + port(port)));
        }
    }

    private void peer(Peer peer, String namespace) {
        if (peer instanceof Peer.Pods(NamespaceMatch namespaces, Selector pods)) {
            text.line(2, "- podSelector: " + YamlText.selector(pods));
            if (!namespaces.equals(new NamespaceMatch.Named(namespace))) {
                text.line(2, "  namespaceSelector: " + YamlText.selector(selector(namespaces)));
            }
        } else if (peer instanceof Peer.Network network) {
            text.line(2, "- ipBlock:");
            text.line(4, "cidr: " + network.cidr());
            if (!network.except().isEmpty()) {
                text.line(4, "except: " + network.except());
            }
        } else {
            throw new IllegalArgumentException("the generated clusters have no peer " + peer);
        }
    }

    private static Selector selector(NamespaceMatch namespaces) {
        return switch (namespaces) {
            case NamespaceMatch.Named(String name) -> Selector.labels(Map.of("kubernetes.io/metadata.name", name));
            case NamespaceMatch.Labelled(Selector selector) -> selector;
        };
    }

    private static String port(PortMatch port) {
        return switch (port) {
            case PortMatch.Named named -> "{port: " + named.name() + ", protocol: " + named.protocol() + "}";
            case PortMatch.Range(TrafficRange range) ->
                "{port: " + number(range) + ", protocol: " + protocol(range) + "}";
        };
    }

    /** The generated clusters name single ports only. */
    private static int number(TrafficRange range) {
        return range.first() & 0xffff;
    }

    private static Protocol protocol(TrafficRange range) {
        return new Protocol(range.first() >> 16);
    }

    void clusterNetworkPolicy(Policy policy) {
        text.line(0, "spec:");
        text.line(1, "tier: " + (policy.tier().equals(Tier.ADMIN) ? "Admin" : "Baseline"));
        text.line(1, "priority: " + (int) policy.priority());
        text.line(1, "subject:");
        text.line(
                2, "namespaces: " + YamlText.selector(selector(policy.subject().namespaces())));
        for (Section section : policy.sections()) {
            text.line(1, word(section.direction()) + ":");
            for (Rule rule : section.rules()) {
                text.line(1, "- action: " + action(rule.action()));
                text.line(2, section.direction() == Direction.INGRESS ? "from:" : "to:");
                rule.peers().forEach(this::clusterPeer);
                List<PortMatch> ports = rule.ports().stream()
                        .filter(p -> !p.equals(PortMatch.EVERYTHING))
                        .toList();
                if (!ports.isEmpty()) {
                    text.line(2, "protocols:");
                    ports.forEach(port -> text.line(2, "- " + protocolItem(port)));
                }
            }
        }
    }

    private void clusterPeer(Peer peer) {
        if (peer instanceof Peer.Pods(NamespaceMatch namespaces, Selector pods)) {
            text.line(2, "- pods:");
            text.line(4, "namespaceSelector: " + YamlText.selector(selector(namespaces)));
            text.line(4, "podSelector: " + YamlText.selector(pods));
        } else if (peer instanceof Peer.Network network) {
            text.line(2, "- networks: [" + network.cidr() + "]");
        } else {
            throw new IllegalArgumentException("the generated clusters have no peer " + peer);
        }
    }

    private static String protocolItem(PortMatch port) {
        return switch (port) {
            case PortMatch.Named named -> "{destinationNamedPort: " + named.name() + "}";
            case PortMatch.Range(TrafficRange range) ->
                "{" + protocol(range).toString().toLowerCase(Locale.ROOT) + ": {destinationPort: {number: "
                        + number(range) + "}}}";
        };
    }

    private static String action(Action action) {
        return switch (action) {
            case ALLOW -> "Accept";
            case DENY -> "Deny";
            case PASS -> "Pass";
            case LOG -> throw new IllegalArgumentException("the generated clusters have no rule that logs");
        };
    }

    private static String word(Direction direction) {
        return direction == Direction.INGRESS ? "ingress" : "egress";
    }
}
