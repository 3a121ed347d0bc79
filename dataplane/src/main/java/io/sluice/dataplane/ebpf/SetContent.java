package io.sluice.dataplane.ebpf;

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
        rows = Map.copyOf(rows);
    }
}
