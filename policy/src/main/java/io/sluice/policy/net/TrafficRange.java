package io.sluice.policy.net;

/**
 * A contiguous piece of the traffic space: one number for protocol and port together, {@code protocol << 16 | port},
 * from 0 to 2^24 - 1. The port is the destination port for TCP, UDP and SCTP, {@code type << 8 | code} for ICMP and
 * ICMPv6, and 0 for every other protocol. "All traffic" is one range; so is a whole protocol.
 *
 * @param first first key, inclusive
 * @param last last key, inclusive
 */
public record TrafficRange(int first, int last) implements Comparable<TrafficRange> {
    /** One past the largest key. */
    public static final int SPACE = 1 << 24;

    public static final TrafficRange ALL = new TrafficRange(0, SPACE - 1);

    public TrafficRange {
        if (first < 0 || last < first || last >= SPACE) {
            throw new IllegalArgumentException("not a traffic range: " + first + "-" + last);
        }
    }

    /** The key of one packet. */
    public static int key(Protocol protocol, int port) {
        return protocol.number() << 16 | port;
    }

    public static TrafficRange of(Protocol protocol) {
        return ports(protocol, 0, 0xffff);
    }

    public static TrafficRange ports(Protocol protocol, int first, int last) {
        return new TrafficRange(key(protocol, first), key(protocol, last));
    }

    public boolean contains(int key) {
        return first <= key && key <= last;
    }

    @Override
    public int compareTo(TrafficRange other) {
        int byFirst = Integer.compare(first, other.first);
        return byFirst != 0 ? byFirst : Integer.compare(last, other.last);
    }
}
