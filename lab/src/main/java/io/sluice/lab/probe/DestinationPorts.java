package io.sluice.lab.probe;

import io.sluice.lab.RulePorts;
import io.sluice.lab.RulePorts.Port;
import io.sluice.lab.World;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which ports of a destination are worth asking for. */
final class DestinationPorts {
    /** For a pod that has no port that can be tried, so that it is not left out. */
    static final Port DEFAULT = new Port(Protocol.TCP, 80);

    /** Of the kubelet, which every node has. */
    static final Port NODE_DEFAULT = new Port(Protocol.TCP, 10250);

    private final Snapshot placed;
    private final PlanOptions options;

    DestinationPorts(Snapshot placed, PlanOptions options) {
        this.placed = placed;
        this.options = options;
    }

    SortedSet<Port> of(Party destination) {
        SortedSet<Port> ports = new TreeSet<>();
        switch (destination) {
            case Party.OfPod(Pod pod, var _) -> {
                ports.addAll(own(pod));
                if (ports.isEmpty()) {
                    ports.add(DEFAULT);
                }
                if (options.rulePorts()) {
                    ports.addAll(ingress(pod));
                    ports.addAll(egress(destination, pod));
                }
            }
            case Party.OfNode(Node node, var _) -> {
                ports.add(NODE_DEFAULT);
                placed.pods().stream()
                        .filter(p -> p.hostNetwork() && p.node().equals(node.name()))
                        .forEach(p -> ports.addAll(own(p)));
                if (options.rulePorts()) {
                    ports.addAll(egress(destination, null));
                }
            }
            case Party.OfNetwork _ -> ports.addAll(World.ports(placed));
        }
        ports.removeIf(p -> !p.hasSocket());
        ports.removeIf(p -> !options.ports().isEmpty() && !options.ports().contains(p.number()));
        return ports;
    }

    private static List<Port> own(Pod pod) {
        return pod.ports().stream()
                .map(p -> new Port(p.protocol(), p.port()))
                .filter(Port::hasSocket)
                .toList();
    }

    private SortedSet<Port> ingress(Pod pod) {
        SortedSet<Port> ports = new TreeSet<>();
        for (Policy policy : placed.policies()) {
            if (policy.subject().namespaces().matches(placed.namespaceOf(pod))
                    && policy.subject().pods().matches(pod.attributes())) {
                rules(policy, Direction.INGRESS).forEach(r -> ports.addAll(RulePorts.of(r.ports(), pod.ports())));
            }
        }
        return ports;
    }

    private SortedSet<Port> egress(Party destination, @Nullable Pod pod) {
        SortedSet<Port> ports = new TreeSet<>();
        for (Policy policy : placed.policies()) {
            for (Rule rule : rules(policy, Direction.EGRESS)) {
                if (rule.peers().stream().anyMatch(peer -> speaksOf(peer, destination))) {
                    ports.addAll(RulePorts.of(rule.ports(), pod == null ? List.of() : pod.ports()));
                }
            }
        }
        return ports;
    }

    private static List<Rule> rules(Policy policy, Direction direction) {
        return policy.section(direction).map(Section::rules).orElse(List.of());
    }

    private boolean speaksOf(Peer peer, Party party) {
        return switch (peer) {
            case Peer.Everything _ -> true;
            case Peer.Network network ->
                party.address().filter((Ip ip) -> network.contains(ip)).isPresent();
            case Peer.Pods(var namespaces, var pods) ->
                party instanceof Party.OfPod(Pod pod, var _)
                        && namespaces.matches(placed.namespaceOf(pod))
                        && pods.matches(pod.attributes());
            case Peer.Nodes(var nodes) ->
                party instanceof Party.OfNode(Node node, var _) && nodes.matches(node.labels());
            case Peer.OwnNode _ -> party instanceof Party.OfNode;
            case Peer.World _ -> party instanceof Party.OfNetwork;
            case Peer.Domain _, Peer.Not _ -> true;
            case Peer.All(List<Peer> parts) -> parts.stream().allMatch(part -> speaksOf(part, party));
            case Peer.Any(List<Peer> parts) -> parts.stream().anyMatch(part -> speaksOf(part, party));
        };
    }
}
