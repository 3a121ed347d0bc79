package io.sluice.lab;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The ports that are worth a look because a rule speaks of them: for a range, its ends. */
public final class RulePorts {
    /** A port that can be tried. */
    public record Port(Protocol protocol, int number) implements Comparable<Port> {
        @Override
        public int compareTo(Port other) {
            int byProtocol = protocol.compareTo(other.protocol);
            return byProtocol != 0 ? byProtocol : Integer.compare(number, other.number);
        }

        /** {@code 80/TCP}. */
        @Override
        public String toString() {
            return number + "/" + protocol;
        }

        /** Whether a Java socket can try it; SCTP and others have none. */
        public boolean hasSocket() {
            return protocol.equals(Protocol.TCP) || protocol.equals(Protocol.UDP);
        }
    }

    private RulePorts() {}

    /**
     * The ports named.
     *
     * @param onDestination what names are looked up in; empty for a destination that is no pod
     */
    public static SortedSet<Port> of(Collection<PortMatch> matches, List<ContainerPort> onDestination) {
        SortedSet<Port> ports = new TreeSet<>();
        for (PortMatch match : matches) {
            switch (match) {
                case PortMatch.Range(TrafficRange range) -> ends(range).forEach(ports::add);
                case PortMatch.Named(String name, Protocol protocol) ->
                    onDestination.stream()
                            .filter(p -> p.name().equals(name))
                            .filter(p -> Optional.ofNullable(protocol)
                                    .map(p.protocol()::equals)
                                    .orElse(true))
                            .forEach(p -> ports.add(new Port(p.protocol(), p.port())));
            }
        }
        return ports;
    }

    /** A whole protocol, or several, name no port. */
    private static Stream<Port> ends(TrafficRange range) {
        Protocol protocol = new Protocol(range.first() >>> 16);
        int first = range.first() & 0xffff;
        int last = range.last() & 0xffff;
        if (range.last() >>> 16 != protocol.number() || !protocol.hasPorts() || first <= 1 && last == 0xffff) {
            return Stream.empty();
        }
        return Stream.of(new Port(protocol, Math.max(1, first)), new Port(protocol, Math.max(1, last)));
    }
}
