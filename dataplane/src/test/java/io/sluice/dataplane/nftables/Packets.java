package io.sluice.dataplane.nftables;

import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/** IP packets by hand, with checksums. Each carries a tag in its last four bytes, by which its arrival is recognised. */
final class Packets {
    static final int SYN = 0x02;
    static final int SYN_ACK = 0x12;
    private static final int MAGIC = 0x5ca1;

    private Packets() {}

    /** @param port destination port, or type and code for ICMP, ignored for protocols without ports */
    static byte[] packet(Ip source, int sourcePort, Ip destination, Protocol protocol, int port, int tag) {
        return packet(source, sourcePort, destination, protocol, port, SYN, tag);
    }

    static byte[] packet(
            Ip source, int sourcePort, Ip destination, Protocol protocol, int port, int tcpFlags, int tag) {
        byte[] transport = transport(sourcePort, protocol, port, tcpFlags, tag);
        seal(source, destination, protocol, transport);
        return ip(source, destination, protocol, transport);
    }

    static byte[] ip(Ip source, Ip destination, Protocol protocol, byte[] transport) {
        if (source.isV4()) {
            ByteBuffer ip = ByteBuffer.allocate(20 + transport.length);
            ip.put((byte) 0x45).put((byte) 0).putShort((short) ip.capacity());
            // A number of its own keeps the kernel from choosing one; no fragments.
            ip.putShort((short) 1).putShort((short) 0x4000);
            ip.put((byte) 64).put((byte) protocol.number()).putShort((short) 0);
            ip.put(source.bytes()).put(destination.bytes());
            ip.putShort(10, (short) ~sum(0, Arrays.copyOf(ip.array(), 20)));
            return ip.put(transport).array();
        }
        ByteBuffer ip = ByteBuffer.allocate(40 + transport.length);
        ip.putInt(0x60000000).putShort((short) transport.length);
        ip.put((byte) protocol.number()).put((byte) 64);
        return ip.put(source.bytes()).put(destination.bytes()).put(transport).array();
    }

    private static byte[] transport(int sourcePort, Protocol protocol, int port, int tcpFlags, int tag) {
        ByteBuffer out = ByteBuffer.allocate(protocol.equals(Protocol.TCP) ? 28 : 20);
        switch (protocol.number()) {
            case 6 -> {
                out.putShort((short) sourcePort).putShort((short) port).putInt(1);
                out.putInt(tcpFlags == SYN ? 0 : 2);
                out.put((byte) 0x50).put((byte) tcpFlags).putShort((short) 1000);
            }
            case 17 -> out.putShort((short) sourcePort).putShort((short) port).putShort((short) out.capacity());
            case 132 -> out.putShort((short) sourcePort).putShort((short) port);
            case 1, 58 -> out.putShort((short) port).putShort((short) 0).putShort((short) sourcePort);
            default -> {
                // Nothing that anyone reads.
            }
        }
        out.putShort(out.capacity() - 6, (short) MAGIC).putInt(out.capacity() - 4, tag);
        return out.array();
    }

    private static void seal(Ip source, Ip destination, Protocol protocol, byte[] transport) {
        int offset = switch (protocol.number()) {
            case 6 -> 16;
            case 17 -> 6;
            case 1, 58 -> 2;
            default -> -1;
        };
        if (offset < 0) {
            return;
        }
        int start = 0;
        if (!protocol.equals(Protocol.ICMP)) {
            start = sum(transport.length + protocol.number(), source.bytes());
            start = sum(start, destination.bytes());
        }
        int check = ~sum(start, transport) & 0xffff;
        ByteBuffer.wrap(transport).putShort(offset, (short) (check == 0 ? 0xffff : check));
    }

    private static int sum(int start, byte[] bytes) {
        int sum = start;
        for (int i = 0; i + 1 < bytes.length; i += 2) {
            sum += (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }

    /** The tag of a packet made here; empty for any other, and for an error that quotes one. */
    static OptionalInt tag(byte[] packet) {
        boolean v4 = packet[0] >>> 4 == 4;
        int length =
                v4 ? (packet[2] & 0xff) << 8 | packet[3] & 0xff : 40 + ((packet[4] & 0xff) << 8 | packet[5] & 0xff);
        int header = v4 ? 20 : 40;
        if (packet.length < length || length != header + 20 && length != header + 28) {
            return OptionalInt.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        return (bytes.getShort(length - 6) & 0xffff) == MAGIC
                ? OptionalInt.of(bytes.getInt(length - 4))
                : OptionalInt.empty();
    }
}
