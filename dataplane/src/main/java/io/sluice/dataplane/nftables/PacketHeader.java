package io.sluice.dataplane.nftables;

import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Who speaks to whom, from the first bytes of an IP packet.
 *
 * @param destinationPort as in the traffic space: {@code type << 8 | code} for ICMP, 0 without ports
 */
record PacketHeader(Ip source, int sourcePort, Ip destination, int destinationPort, Protocol protocol) {
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;

    /** Empty if the bytes are no IP packet or too few. */
    static Optional<PacketHeader> parse(ByteBuffer bytes) {
        ByteBuffer packet = bytes.slice().order(ByteOrder.BIG_ENDIAN);
        if (packet.remaining() < 20) {
            return Optional.empty();
        }
        return switch (packet.get(0) >>> 4 & 0xf) {
            case 4 ->
                transport(
                        packet,
                        address(packet, 12, 4),
                        address(packet, 16, 4),
                        packet.get(9) & 0xff,
                        (packet.get(0) & 0xf) * 4);
            case 6 -> packet.remaining() < 40 ? Optional.empty() : v6(packet);
            default -> Optional.empty();
        };
    }

    private static Optional<PacketHeader> v6(ByteBuffer packet) {
        int next = packet.get(6) & 0xff;
        int offset = 40;
        while (isExtension(next)) {
            if (packet.remaining() < offset + 8) {
                return Optional.empty();
            }
            int length = packet.get(offset + 1) & 0xff;
            int header = next;
            next = packet.get(offset) & 0xff;
            offset += switch (header) {
                case FRAGMENT -> 8;
                case AUTHENTICATION -> (length + 2) * 4;
                default -> (length + 1) * 8;
            };
        }
        return transport(packet, address(packet, 8, 16), address(packet, 24, 16), next, offset);
    }

    private static boolean isExtension(int next) {
        return switch (next) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS -> true;
            default -> false;
        };
    }

    private static Optional<PacketHeader> transport(
            ByteBuffer packet, Ip source, Ip destination, int number, int offset) {
        Protocol protocol = new Protocol(number);
        boolean readable = packet.remaining() >= offset + 4;
        int sourcePort = 0;
        int destinationPort = 0;
        if (readable && protocol.hasPorts()) {
            sourcePort = packet.getShort(offset) & 0xffff;
            destinationPort = packet.getShort(offset + 2) & 0xffff;
        } else if (readable && protocol.isIcmp()) {
            destinationPort = packet.getShort(offset) & 0xffff;
        }
        return Optional.of(new PacketHeader(source, sourcePort, destination, destinationPort, protocol));
    }

    private static Ip address(ByteBuffer packet, int offset, int length) {
        byte[] out = new byte[length];
        packet.get(offset, out);
        return Ip.ofBytes(out);
    }
}
