package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.policy.net.Ip;
import java.lang.foreign.MemorySegment;

/** The numbers of {@code src/main/bpf/table.h}. Fields are in host order, addresses in network order. */
final class Layout {
    /** Changes whenever a structure or a meaning changes: maps of another layout are not adopted. */
    static final int VERSION = 1;

    static final int WORLD = 0;
    static final int SELF = -1;
    static final int OTHERWISE = -2;

    static final int INGRESS = 0;
    static final int EGRESS = 1;

    static final int DENY = 1 << 31;

    static final int ADDRESS_BYTES = 16;

    private Layout() {}

    static void writeIp(MemorySegment target, long offset, Ip ip) {
        MemorySegment.copy(ip.bytes16(), 0, target, JAVA_BYTE, offset, ADDRESS_BYTES);
    }

    static Ip readIp(MemorySegment source, long offset) {
        byte[] bytes = new byte[ADDRESS_BYTES];
        MemorySegment.copy(source, JAVA_BYTE, offset, bytes, 0, ADDRESS_BYTES);
        return Ip.ofBytes(bytes);
    }
}
