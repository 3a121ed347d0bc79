package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.bpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code blocks}: an array of {@code struct range}; a block is a piece of it. */
record BlockMap(BpfMap map) {
    void put(int offset, Block block) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(4, 8);
            MemorySegment value = arena.allocate(8, 8);
            for (int range = 0; range < block.ranges(); range++) {
                key.set(JAVA_INT, 0, offset + range);
                value.set(JAVA_INT, 0, block.first(range));
                value.set(JAVA_INT, 4, block.cause(range));
                map.update(key, value);
            }
        }
    }

    Block read(int offset, int count) {
        int[] words = new int[2 * count];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(4, 8);
            MemorySegment value = arena.allocate(8, 8);
            for (int range = 0; range < count; range++) {
                key.set(JAVA_INT, 0, offset + range);
                map.lookup(key, value);
                words[2 * range] = value.get(JAVA_INT, 0);
                words[2 * range + 1] = value.get(JAVA_INT, 4);
            }
        }
        return new Block(words);
    }
}
