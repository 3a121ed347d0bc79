package io.sluice.analysis.reason;

import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;

/** The parts of a rule in words. */
public final class RuleWords {
    private RuleWords() {}

    public static String peers(List<Peer> peers) {
        return peers.isEmpty()
                ? "nobody"
                : String.join(" or ", peers.stream().map(RuleWords::peer).toList());
    }

    public static String peer(Peer peer) {
        return switch (peer) {
            case Peer.Everything() -> "everybody";
            case Peer.Pods(NamespaceMatch namespaces, Selector pods) -> pods(pods) + " in " + namespaces(namespaces);
            case Peer.Network(Cidr cidr, List<Cidr> except) ->
                cidr
                        + (except.isEmpty()
                                ? ""
                                : " except "
                                        + String.join(
                                                ", ",
                                                except.stream()
                                                        .map(Cidr::toString)
                                                        .toList()));
            case Peer.Nodes(Selector nodes) -> nodes.equals(Selector.ALL) ? "every node" : "nodes " + nodes;
            case Peer.OwnNode() -> "the pod's own node";
            case Peer.World() -> "everything outside of the cluster";
            case Peer.Domain(DomainPattern pattern) -> "domain name " + pattern;
            case Peer.All(List<Peer> parts) -> parts.isEmpty() ? "everybody" : joined(parts, " and ");
            case Peer.Any(List<Peer> parts) -> parts.isEmpty() ? "nobody" : "(" + joined(parts, " or ") + ")";
            case Peer.Not(Peer part) -> "not (" + peer(part) + ")";
        };
    }

    private static String joined(List<Peer> parts, String between) {
        return String.join(between, parts.stream().map(RuleWords::peer).toList());
    }

    private static String pods(Selector pods) {
        return pods.equals(Selector.ALL) ? "every pod" : "pods " + pods;
    }

    private static String namespaces(NamespaceMatch match) {
        return switch (match) {
            case NamespaceMatch.Named(String name) -> "namespace " + name;
            case NamespaceMatch.Labelled(Selector selector) ->
                selector.equals(Selector.ALL) ? "every namespace" : "namespaces " + selector;
        };
    }

    public static String ports(List<PortMatch> ports) {
        return ports.isEmpty()
                ? "no port"
                : String.join(", ", ports.stream().map(RuleWords::port).toList());
    }

    private static String port(PortMatch port) {
        return switch (port) {
            case PortMatch.Range(TrafficRange range) -> range(range);
            case PortMatch.Named(String name, Protocol protocol) ->
                (protocol == null ? "" : protocol + " ") + "port named " + name;
        };
    }

    private static String range(TrafficRange range) {
        if (range.equals(TrafficRange.ALL)) {
            return "every port and protocol";
        }
        Protocol protocol = new Protocol(range.first() >>> 16);
        int first = range.first() & 0xffff;
        int last = range.last() & 0xffff;
        if (first == 0 && last == 0xffff) {
            return protocol.hasPorts() ? "every " + protocol + " port" : protocol.toString();
        }
        if (protocol.isIcmp()) {
            return protocol + " type " + (first >>> 8);
        }
        return protocol + " " + (first == last ? Integer.toString(first) : first + "-" + last);
    }
}
