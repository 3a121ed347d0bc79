package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.dataplane.ebpf.SetContent.Row;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** {@code rows}: {@code struct row} to {@code struct block}. A row never changes while its set is in use. */
record RowMap(BpfMap map) {
    /** One element. */
    record Entry(int policySet, Row row, int offset, int count) {}

    void put(Entry entry) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(8, 8);
            value.set(JAVA_INT, 0, entry.offset());
            value.set(JAVA_INT, 4, entry.count());
            map.update(key(arena, entry.policySet(), entry.row()), value);
        }
    }

    void delete(int policySet, Row row) {
        try (Arena arena = Arena.ofConfined()) {
            map.delete(key(arena, policySet, row));
        }
    }

    List<Entry> read() {
        List<Entry> all = new ArrayList<>();
        map.forEach((key, value) -> all.add(new Entry(
                key.get(JAVA_INT, 0),
                new Row(key.get(JAVA_INT, 4), key.get(JAVA_INT, 8)),
                value.get(JAVA_INT, 0),
                value.get(JAVA_INT, 4))));
        return all;
    }

    private static MemorySegment key(Arena arena, int policySet, Row row) {
        MemorySegment key = arena.allocate(12, 8);
        key.set(JAVA_INT, 0, policySet);
        key.set(JAVA_INT, 4, row.direction());
        key.set(JAVA_INT, 8, row.identity());
        return key;
    }
}
