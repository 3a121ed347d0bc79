package io.sluice.policy.decide;

import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the conditions of a policy mean for one party or one packet. */
final class Matching {
    private Matching() {}

    static boolean selects(Policy policy, Pod subject, Snapshot snapshot) {
        return policy.subject().namespaces().matches(snapshot.namespaceOf(subject))
                && policy.subject().pods().matches(subject.attributes());
    }

    /** Whether a rule is about a pod that its policy selects. */
    static boolean isAbout(Rule rule, Pod subject, Snapshot snapshot) {
        return rule.only()
                .filter(only -> !only.namespaces().matches(snapshot.namespaceOf(subject))
                        || !only.pods().matches(subject.attributes()))
                .isEmpty();
    }

    static boolean peerMatches(Rule rule, Pod subject, Party party, Snapshot snapshot) {
        return rule.peers().stream().anyMatch(peer -> matches(peer, subject, party, snapshot));
    }

    private static boolean matches(Peer peer, Pod subject, Party party, Snapshot snapshot) {
        return switch (peer) {
            case Peer.Everything() -> true;
            case Peer.Pods(var namespaces, var pods) ->
                party instanceof Party.OfPod of
                        && namespaces.matches(snapshot.namespaceOf(of.pod()))
                        && pods.matches(of.pod().attributes());
            case Peer.Network network ->
                party.address().filter(network::contains).isPresent();
            case Peer.Nodes(var nodes) ->
                party instanceof Party.OfNode of && nodes.matches(of.node().labels());
            case Peer.OwnNode() -> party instanceof Party.OfNode of && of.node().runs(subject);
            case Peer.World() -> party instanceof Party.OfNetwork;
            case Peer.Domain(DomainPattern pattern) ->
                party.address().stream()
                        .flatMap(ip -> snapshot.names().getOrDefault(ip, Set.of()).stream())
                        .anyMatch(pattern::matches);
            case Peer.All(List<Peer> parts) -> parts.stream().allMatch(part -> matches(part, subject, party, snapshot));
            case Peer.Any(List<Peer> parts) -> parts.stream().anyMatch(part -> matches(part, subject, party, snapshot));
            case Peer.Not(Peer part) -> !matches(part, subject, party, snapshot);
        };
    }

    static boolean portMatches(Rule rule, Party destination, Protocol protocol, int key) {
        return rule.ports().stream().anyMatch(port -> switch (port) {
            case PortMatch.Range(TrafficRange range) -> range.contains(key);
            case PortMatch.Named named ->
                destination instanceof Party.OfPod of
                        && of.pod().ports().stream()
                                .filter(p -> named.names(p) && p.protocol().equals(protocol))
                                .anyMatch(p -> TrafficRange.key(p.protocol(), p.port()) == key);
        });
    }

    /** A host-network pod cannot be told from its node, so it is its node. */
    static Party standing(Party party, Snapshot snapshot) {
        if (party instanceof Party.OfPod(Pod pod, var ip) && pod.hostNetwork()) {
            Optional<Node> node = snapshot.node(pod.node());
            return new Party.OfNode(node.orElseGet(() -> Node.under(pod)), ip);
        }
        return party;
    }
}
