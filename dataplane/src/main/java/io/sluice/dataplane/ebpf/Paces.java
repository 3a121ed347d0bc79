package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.dataplane.linux.Processors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code paces}: {@code struct pace} of every processor; its counters, summed. */
record Paces(BpfMap map) {
    private static final int BYTES = 40;
    private static final int LOST = 24;
    private static final int UNTRACKED = 32;

    /** Events that found no room. */
    long lost() {
        return sum(LOST);
    }

    /** Forwarded packets that connection tracking did not see, or found invalid. */
    long untracked() {
        return sum(UNTRACKED);
    }

    private long sum(int field) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate((long) BYTES * Processors.possible(), 8);
            map.lookup(arena.allocate(4, 4), value);
            long sum = 0;
            for (long at = field; at < value.byteSize(); at += BYTES) {
                sum += value.get(JAVA_LONG, at);
            }
            return sum;
        }
    }
}
