package io.sluice.analysis.lint.check;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.TrafficRange;
import java.util.List;

/** Questions to a rule that several checks ask. */
final class Rules {
    private static final List<Ip> INSIDE =
            List.of(Ip.parse("10.0.0.1"), Ip.parse("172.16.0.1"), Ip.parse("192.168.0.1"), Ip.parse("fd00::1"));

    private Rules() {}

    static boolean isAnyTraffic(Rule rule) {
        return rule.ports().contains(PortMatch.EVERYTHING);
    }

    static boolean isAnyPeer(Rule rule) {
        return rule.peers().contains(Peer.EVERYTHING);
    }

    /** Whether it allows everything there is. */
    static boolean allowsAll(Rule rule) {
        return rule.action() == Action.ALLOW && isAnyPeer(rule) && isAnyTraffic(rule);
    }

    /** Whether it allows all traffic with all peers, or with all addresses of a family, or with all pods. */
    static boolean allowsNearlyAll(Rule rule) {
        return rule.action() == Action.ALLOW
                && isAnyTraffic(rule)
                && rule.peers().stream().anyMatch(Rules::isNearlyEverything);
    }

    private static boolean isNearlyEverything(Peer peer) {
        return switch (peer) {
            case Peer.Everything() -> true;
            case Peer.Network network ->
                network.cidr().length() == 0 && network.except().isEmpty();
            case Peer.Pods(var namespaces, var pods) ->
                namespaces.equals(NamespaceMatch.EVERY) && pods.equals(Selector.ALL);
            case Peer.Nodes _, Peer.OwnNode _, Peer.World _, Peer.Domain _, Peer.Not _ -> false;
            case Peer.All(List<Peer> parts) -> parts.stream().allMatch(Rules::isNearlyEverything);
            case Peer.Any(List<Peer> parts) -> parts.stream().anyMatch(Rules::isNearlyEverything);
        };
    }

    /** Whether a network is the whole internet, or half of it. */
    static boolean isWorld(Peer.Network network) {
        return network.cidr().length() <= 1;
    }

    /** Whether a network holds private addresses, where pods and nodes live. */
    static boolean holdsPrivate(Peer.Network network) {
        for (Ip inside : INSIDE) {
            if (network.contains(inside)) {
                return true;
            }
        }
        return false;
    }

    /** Whether all that it names is one port number, over whatever protocols. */
    static boolean isOnlyPort(Rule rule, int port) {
        return !rule.ports().isEmpty()
                && rule.ports().stream()
                        .allMatch(p -> p instanceof PortMatch.Range(TrafficRange range)
                                && (range.first() & 0xffff) == port
                                && range.first() == range.last());
    }

    static boolean names(PortMatch port, int key) {
        return port instanceof PortMatch.Range(TrafficRange range) && range.first() == key && range.last() == key;
    }
}
