package io.sluice.dataplane.ebpf;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * The rows of one policy set in kernel form. Two sets of equal content are one set in the kernel, also over time.
 */
record SetContent(Map<Row, Block> rows) {
    /**
     * Where a row is found, beside the set's number.
     *
     * @param identity kernel number, {@link Layout#SELF} or {@link Layout#OTHERWISE}
     */
    record Row(int direction, int identity) {}

    SetContent {
        // Not Map.copyOf: its linear probing is quadratic for the runs of numbers that rows have in both directions.
        rows = Collections.unmodifiableMap(new HashMap<>(rows));
    }
}
