package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.bpf.BpfMap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@code config}: the one {@code struct config}. */
record ConfigMap(BpfMap map) {
    private static final int ENFORCE = 1;
    private static final int REJUDGE = 2;
    private static final int DROP_UNKNOWN = 4;

    /** Everything in it. */
    record Config(int layout, int generation, Slots<ModeSlot> modes) {}

    /** How a generation is applied. */
    record ModeSlot(int flags, int ownNode) {
        static ModeSlot of(NodeTable.Mode mode, int ownNode) {
            int flags = (mode.enforce() ? ENFORCE : 0)
                    | (mode.rejudgeEstablished() ? REJUDGE : 0)
                    | (mode.dropUnknownPods() ? DROP_UNKNOWN : 0);
            return new ModeSlot(flags, ownNode);
        }
    }

    Config read() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(4, 8);
            MemorySegment value = arena.allocate(map.valueSize(), 8);
            map.lookup(key, value);
            return new Config(
                    value.get(JAVA_INT, 0),
                    value.get(JAVA_INT, 4),
                    new Slots<>(
                            new ModeSlot(value.get(JAVA_INT, 8), value.get(JAVA_INT, 12)),
                            new ModeSlot(value.get(JAVA_INT, 16), value.get(JAVA_INT, 20))));
        }
    }

    /** Of new maps: nothing is enforced. */
    void initialize() {
        ModeSlot none = new ModeSlot(0, Layout.WORLD);
        write(new Config(Layout.VERSION, 0, new Slots<>(none, none)));
    }

    void write(Config config) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(4, 8);
            MemorySegment value = arena.allocate(map.valueSize(), 8);
            value.set(JAVA_INT, 0, config.layout());
            value.set(JAVA_INT, 4, config.generation());
            for (int generation = 0; generation < 2; generation++) {
                ModeSlot mode = config.modes().in(generation);
                value.set(JAVA_INT, 8 + 8 * generation, mode.flags());
                value.set(JAVA_INT, 12 + 8 * generation, mode.ownNode());
            }
            map.update(key, value);
        }
    }
}
