package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.dataplane.linux.Processors;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code hits}: {@code struct hits} by cause number on every processor. */
record HitsMap(BpfMap map) {
    private static final int BYTES = 16;

    Dataplane.Hits read(int cause) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(JAVA_INT, cause);
            MemorySegment value = arena.allocate((long) BYTES * Processors.possible(), 8);
            map.lookup(key, value);
            long packets = 0;
            long bytes = 0;
            for (long at = 0; at < value.byteSize(); at += BYTES) {
                packets += value.get(JAVA_LONG, at);
                bytes += value.get(JAVA_LONG, at + 8);
            }
            return new Dataplane.Hits(packets, bytes);
        }
    }

    void clear(int cause) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocateFrom(JAVA_INT, cause);
            map.update(key, arena.allocate((long) BYTES * Processors.possible(), 8));
        }
    }
}
