package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.policy.net.Ip;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** {@code addresses}: {@code struct ip16} to {@code struct address}. */
record AddressMap(BpfMap map) {
    private static final int PRESENT = 1;

    /** What is known of an address, in kernel numbers. */
    record Known(boolean present, int identity, int policySet) {
        static final Known ABSENT = new Known(false, 0, 0);
    }

    void put(Ip ip, Slots<Known> slots) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(Layout.ADDRESS_BYTES, 8);
            MemorySegment value = arena.allocate(map.valueSize(), 8);
            Layout.writeIp(key, 0, ip);
            for (int generation = 0; generation < 2; generation++) {
                Known known = slots.in(generation);
                value.set(JAVA_INT, 4 + 4 * generation, known.identity());
                value.set(JAVA_INT, 12 + 4 * generation, known.policySet());
                value.set(JAVA_INT, 20 + 4 * generation, known.present() ? PRESENT : 0);
            }
            map.update(key, value, BpfMap.LOCKED);
        }
    }

    void delete(Ip ip) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(Layout.ADDRESS_BYTES, 8);
            Layout.writeIp(key, 0, ip);
            map.delete(key);
        }
    }

    Map<Ip, Slots<Known>> read() {
        Map<Ip, Slots<Known>> all = new HashMap<>();
        map.forEach((key, value) -> all.put(Layout.readIp(key, 0), new Slots<>(known(value, 0), known(value, 1))));
        return all;
    }

    private static Known known(MemorySegment value, int generation) {
        boolean present = (value.get(JAVA_INT, 20 + 4 * generation) & PRESENT) != 0;
        return present
                ? new Known(true, value.get(JAVA_INT, 4 + 4 * generation), value.get(JAVA_INT, 12 + 4 * generation))
                : Known.ABSENT;
    }
}
