package io.sluice.policy.gate;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.GateMatch;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whom and what a gate cannot tell apart where only the connection is known, so that one of a kind needs to be asked
 * about. A pod's own connection to itself is of no kind.
 */
public final class Kinds {
    private final Snapshot snapshot;
    private final Set<Attribute> asked = EnumSet.noneOf(Attribute.class);

    private Kinds(Snapshot snapshot) {
        this.snapshot = snapshot;
        snapshot.mesh().policies().stream().flatMap(Kinds::terms).forEach(term -> asked.add(term.attribute()));
    }

    public static Kinds of(Snapshot snapshot) {
        return new Kinds(snapshot);
    }

    /**
     * Sources that are equal fare alike everywhere.
     *
     * @param identity see {@link Request}; empty if it is not known
     * @param address empty if it is not known or nothing asks for it
     */
    public record Source(Optional<List<String>> identity, Optional<Ip> address) {}

    /**
     * Destinations that are equal say the same to everybody.
     *
     * @param ports which names of ports may lead to
     * @param address empty if it is not known or nothing asks for it
     */
    public record Destination(
            String namespace,
            Map<String, String> labels,
            boolean hostNetwork,
            List<ContainerPort> ports,
            Optional<Ip> address) {}

    public Source source(Party party) {
        boolean matters = asked.contains(Attribute.SOURCE_IP) || asked.contains(Attribute.REMOTE_IP);
        return new Source(Facts.identity(snapshot, party), matters ? party.address() : Optional.empty());
    }

    /** Empty for what no policy of a gate speaks of. */
    public Optional<Destination> destination(Party party) {
        if (!(party instanceof Party.OfPod(Pod pod, var _)) || !speaksOf(pod)) {
            return Optional.empty();
        }
        boolean matters = asked.contains(Attribute.DESTINATION_IP);
        return Optional.of(new Destination(
                pod.namespace(),
                pod.labels(),
                pod.hostNetwork(),
                pod.ports(),
                matters ? party.address() : Optional.empty()));
    }

    private boolean speaksOf(Pod pod) {
        return policies(pod).findAny().isPresent()
                || authentications(pod).findAny().isPresent();
    }

    /** The TCP ports of a pod that may fare otherwise than all the rest, which fare alike. */
    public SortedSet<Integer> ports(Pod pod) {
        SortedSet<Integer> ports = new TreeSet<>();
        policies(pod)
                .flatMap(Kinds::terms)
                .filter(term -> term.attribute() == Attribute.DESTINATION_PORT)
                .flatMap(term -> Stream.concat(term.values().stream(), term.notValues().stream()))
                .forEach(match -> {
                    if (match instanceof GateMatch.Number(int number)) {
                        ports.add(number);
                    }
                });
        authentications(pod).forEach(a -> ports.addAll(a.ports().keySet()));
        for (Service service : snapshot.services()) {
            if (service.selects(pod)) {
                service.ports().stream()
                        .filter(port -> port.protocol().equals(Protocol.TCP))
                        .forEach(port -> ports.add(port.targetOf(pod)));
            }
        }
        ports.removeIf(port -> port < 1 || port > 0xffff);
        return ports;
    }

    private Stream<GatePolicy> policies(Pod pod) {
        return snapshot.mesh().policies().stream()
                .filter(policy -> Enforcement.of(snapshot, policy, pod) != Enforcement.NOWHERE);
    }

    private Stream<PeerAuthentication> authentications(Pod pod) {
        return snapshot.mesh().authentications().stream().filter(a -> a.scope().holds(pod));
    }

    private static Stream<GateTerm> terms(GatePolicy policy) {
        return policy.rules().stream().flatMap(GateRule::terms);
    }
}
