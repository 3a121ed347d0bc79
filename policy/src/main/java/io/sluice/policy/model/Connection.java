package io.sluice.policy.model;

import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;

/**
 * The opening of a connection, as the data plane sees it: after destination NAT, before source NAT.
 *
 * @param port destination port; {@code type << 8 | code} for ICMP and ICMPv6; 0 for other protocols
 * @param hairpin whether a pod reaches itself through a Service; a direct connection to itself never leaves the pod
 */
public record Connection(Party from, Party to, Protocol protocol, int port, boolean hairpin) {
    public Connection {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port " + port + " is outside 0-65535");
        }
    }

    public Connection(Party from, Party to, Protocol protocol, int port) {
        this(from, to, protocol, port, false);
    }

    public int trafficKey() {
        return TrafficRange.key(protocol, port);
    }

    public Party subject(Direction direction) {
        return direction == Direction.INGRESS ? to : from;
    }

    public Party peer(Direction direction) {
        return direction == Direction.INGRESS ? from : to;
    }
}
