package io.sluice.dataplane.ebpf;

import io.sluice.policy.net.Ip;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An IP packet from its header on, piece by piece. Checksums are 0: nobody looks at them here. */
final class PacketBuilder {
    static final int SYN = 0x02;
    static final int ACK = 0x10;
    static final int RST = 0x04;
    static final int SYN_ACK = SYN | ACK;

    private record Extension(int type, byte[] body) {}

    private final Ip source;
    private final Ip destination;
    private final List<Extension> extensions = new ArrayList<>();
    private int protocol = 253; // for experiments (RFC 3692)
    private byte[] transport = new byte[0];
    private int optionBytes;
    private int fragment;
    private int headerWords = -1;
    private int cutTo = Integer.MAX_VALUE;

    private PacketBuilder(Ip source, Ip destination) {
        this.source = source;
        this.destination = destination;
    }

    static PacketBuilder packet(String source, String destination) {
        return new PacketBuilder(Ip.parse(source), Ip.parse(destination));
    }

    static PacketBuilder packet(Ip source, Ip destination) {
        return new PacketBuilder(source, destination);
    }

    PacketBuilder tcp(int sourcePort, int destinationPort, int flags) {
        ByteBuffer header = ByteBuffer.allocate(20);
        header.putShort((short) sourcePort).putShort((short) destinationPort);
        header.put(12, (byte) 0x50).put(13, (byte) flags);
        return carrying(6, header.array());
    }

    PacketBuilder udp(int sourcePort, int destinationPort) {
        ByteBuffer header = ByteBuffer.allocate(8);
        header.putShort((short) sourcePort).putShort((short) destinationPort).putShort((short) 8);
        return carrying(17, header.array());
    }

    PacketBuilder sctp(int sourcePort, int destinationPort) {
        ByteBuffer header = ByteBuffer.allocate(12);
        header.putShort((short) sourcePort).putShort((short) destinationPort);
        return carrying(132, header.array());
    }

    PacketBuilder icmp(int type, int code) {
        return carrying(1, new byte[] {(byte) type, (byte) code, 0, 0, 0, 0, 0, 0});
    }

    PacketBuilder icmpV6(int type, int code) {
        return carrying(58, new byte[] {(byte) type, (byte) code, 0, 0, 0, 0, 0, 0});
    }

    PacketBuilder carrying(int number, byte[] bytes) {
        protocol = number;
        transport = bytes;
        return this;
    }

    /** IPv4 options, all of them "no operation". */
    PacketBuilder options(int bytes) {
        optionBytes = bytes;
        return this;
    }

    /** An IPv4 header length in 32-bit words that may be a lie. */
    PacketBuilder headerWords(int words) {
        headerWords = words;
        return this;
    }

    /** IPv4, or an IPv6 fragment header. */
    PacketBuilder fragment(int offsetInEights, boolean more) {
        if (source.isV4()) {
            fragment = offsetInEights | (more ? 0x2000 : 0);
        } else {
            ByteBuffer body = ByteBuffer.allocate(8);
            body.putShort(2, (short) (offsetInEights << 3 | (more ? 1 : 0)));
            extensions.add(new Extension(44, body.array()));
        }
        return this;
    }

    /** An IPv6 extension header of the given type, with so many further groups of 8 bytes. */
    PacketBuilder extension(int type, int furtherEights) {
        byte[] body = new byte[8 + 8 * furtherEights];
        body[1] = (byte) furtherEights;
        extensions.add(new Extension(type, body));
        return this;
    }

    /** An authentication header, whose length counts words of 4 bytes, minus 2 (RFC 4302). */
    PacketBuilder authentication(int words) {
        byte[] body = new byte[4 * words];
        body[1] = (byte) (words - 2);
        extensions.add(new Extension(51, body));
        return this;
    }

    PacketBuilder cutTo(int bytes) {
        cutTo = bytes;
        return this;
    }

    byte[] build() {
        byte[] whole = source.isV4() ? v4() : v6();
        return cutTo < whole.length ? java.util.Arrays.copyOf(whole, cutTo) : whole;
    }

    private byte[] v4() {
        int header = 20 + optionBytes;
        ByteBuffer bytes = ByteBuffer.allocate(header + transport.length);
        bytes.put(0, (byte) (0x40 | (headerWords < 0 ? header / 4 : headerWords)));
        bytes.putShort(2, (short) bytes.capacity());
        bytes.putShort(6, (short) fragment);
        bytes.put(8, (byte) 64).put(9, (byte) protocol);
        bytes.put(12, source.bytes()).put(16, destination.bytes());
        for (int i = 20; i < header; i++) {
            bytes.put(i, (byte) 1);
        }
        bytes.put(header, transport);
        return bytes.array();
    }

    private byte[] v6() {
        int length = extensions.stream().mapToInt(e -> e.body.length).sum() + transport.length;
        ByteBuffer bytes = ByteBuffer.allocate(40 + length);
        bytes.put(0, (byte) 0x60).putShort(4, (short) length);
        bytes.put(6, (byte) (extensions.isEmpty() ? protocol : extensions.getFirst().type));
        bytes.put(7, (byte) 64);
        bytes.put(8, source.bytes()).put(24, destination.bytes());
        int at = 40;
        for (int i = 0; i < extensions.size(); i++) {
            byte[] body = extensions.get(i).body.clone();
            body[0] = (byte) (i + 1 < extensions.size() ? extensions.get(i + 1).type : protocol);
            bytes.put(at, body);
            at += body.length;
        }
        bytes.put(at, transport);
        return bytes.array();
    }
}
