package io.sluice.policy.net;

import java.util.Optional;

/**
 * An IP protocol by its IANA number.
 *
 * @param number 0 to 255
 */
public record Protocol(int number) implements Comparable<Protocol> {
    public static final Protocol ICMP = new Protocol(1);
    public static final Protocol TCP = new Protocol(6);
    public static final Protocol UDP = new Protocol(17);
    public static final Protocol ICMPV6 = new Protocol(58);
    public static final Protocol SCTP = new Protocol(132);

    public Protocol {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("protocol number " + number + " is outside 0-255");
        }
    }

    /** The protocol of an upper-case name as Kubernetes spells it (TCP, UDP, SCTP, ICMP, ICMPv6). */
    public static Optional<Protocol> named(String name) {
        return switch (name) {
            case "TCP" -> Optional.of(TCP);
            case "UDP" -> Optional.of(UDP);
            case "SCTP" -> Optional.of(SCTP);
            case "ICMP" -> Optional.of(ICMP);
            case "ICMPv6" -> Optional.of(ICMPV6);
            default -> Optional.empty();
        };
    }

    /** Whether its header starts with source and destination ports. */
    public boolean hasPorts() {
        return equals(TCP) || equals(UDP) || equals(SCTP);
    }

    public boolean isIcmp() {
        return equals(ICMP) || equals(ICMPV6);
    }

    @Override
    public int compareTo(Protocol other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return switch (number) {
            case 1 -> "ICMP";
            case 6 -> "TCP";
            case 17 -> "UDP";
            case 58 -> "ICMPv6";
            case 132 -> "SCTP";
            default -> "protocol " + number;
        };
    }
}
