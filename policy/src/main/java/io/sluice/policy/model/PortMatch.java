package io.sluice.policy.model;

import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import org.jspecify.annotations.Nullable;

/** Which traffic a rule speaks of. The items of a rule are alternatives; an empty list of them matches nothing. */
public sealed interface PortMatch {
    /** Every port and every protocol, ICMP included: a rule whose {@code ports} are missing. */
    PortMatch EVERYTHING = new Range(TrafficRange.ALL);

    /** Known numbers: one port, a range, a protocol, an ICMP type, or all traffic. */
    record Range(TrafficRange range) implements PortMatch {}

    /**
     * A container port's name, looked up on the <em>destination</em> pod, each pod by itself; it matches nothing on a
     * pod that has no such port, nor on an address that is no pod.
     *
     * @param protocol the protocol the container port must have; null where the dialect names none
     */
    record Named(String name, @Nullable Protocol protocol) implements PortMatch {
        /** Whether a container port is one of those that this means. */
        public boolean names(ContainerPort port) {
            return port.name().equals(name) && (protocol == null || protocol.equals(port.protocol()));
        }
    }

    static PortMatch port(Protocol protocol, int port) {
        return new Range(TrafficRange.ports(protocol, port, port));
    }
}
