package io.sluice.bench;

import io.sluice.policy.net.Ip;
import java.nio.ByteBuffer;

/** TCP packets from the IP header on, as BPF_PROG_TEST_RUN takes them. Checksums are 0: the program looks at none. */
final class Packets {
    private static final int TCP = 6;
    private static final int TCP_HEADER = 20;
    private static final int HOPS = 64;

    private Packets() {}

    /** @param flags of the TCP header: 0x02 is SYN, 0x10 is ACK */
    static byte[] tcp(Ip source, Ip destination, int port, int flags) {
        int header = source.isV4() ? 20 : 40;
        ByteBuffer bytes = ByteBuffer.allocate(header + TCP_HEADER);
        if (source.isV4()) {
            bytes.put(0, (byte) 0x45).putShort(2, (short) bytes.capacity());
            bytes.put(8, (byte) HOPS).put(9, (byte) TCP);
            bytes.put(12, source.bytes()).put(16, destination.bytes());
        } else {
            bytes.put(0, (byte) 0x60).putShort(4, (short) TCP_HEADER);
            bytes.put(6, (byte) TCP).put(7, (byte) HOPS);
            bytes.put(8, source.bytes()).put(24, destination.bytes());
        }
        bytes.putShort(header, (short) 40_000).putShort(header + 2, (short) port);
        bytes.put(header + 12, (byte) 0x50).put(header + 13, (byte) flags);
        return bytes.array();
    }
}
