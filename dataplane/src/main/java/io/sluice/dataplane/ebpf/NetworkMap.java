package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** {@code networks}: {@code struct prefix} to {@code struct network}, longest prefix first. */
record NetworkMap(BpfMap map) {
    private static final int POD_RANGE = 2;
    private static final int V4_BITS = 96;

    /** What holds for the addresses of a prefix, in kernel numbers. */
    record Net(int identity, boolean podRange) {
        static final Net WORLD = new Net(Layout.WORLD, false);
    }

    void put(Cidr prefix, Slots<Net> slots) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(map.valueSize(), 8);
            for (int generation = 0; generation < 2; generation++) {
                Net net = slots.in(generation);
                value.set(JAVA_INT, 4 * generation, net.identity());
                value.set(JAVA_INT, 8 + 4 * generation, net.podRange() ? POD_RANGE : 0);
            }
            map.update(key(arena, prefix), value);
        }
    }

    void delete(Cidr prefix) {
        try (Arena arena = Arena.ofConfined()) {
            map.delete(key(arena, prefix));
        }
    }

    Map<Cidr, Slots<Net>> read() {
        Map<Cidr, Slots<Net>> all = new HashMap<>();
        map.forEach((key, value) -> all.put(prefix(key), new Slots<>(net(value, 0), net(value, 1))));
        return all;
    }

    private MemorySegment key(Arena arena, Cidr prefix) {
        MemorySegment key = arena.allocate(map.keySize(), 8);
        key.set(JAVA_INT, 0, prefix.length128());
        Layout.writeIp(key, 4, prefix.base());
        return key;
    }

    private static Cidr prefix(MemorySegment key) {
        Ip base = Layout.readIp(key, 4);
        int length = key.get(JAVA_INT, 0);
        return new Cidr(base, base.isV4() ? length - V4_BITS : length);
    }

    private static Net net(MemorySegment value, int generation) {
        return new Net(value.get(JAVA_INT, 4 * generation), (value.get(JAVA_INT, 8 + 4 * generation) & POD_RANGE) != 0);
    }
}
