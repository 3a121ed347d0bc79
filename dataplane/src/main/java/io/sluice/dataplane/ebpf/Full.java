package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;

/** The message for a map without room; found before anything is written. */
final class Full {
    private Full() {}

    static DataplaneException of(String map, int size, int used, int more, String unit) {
        return new DataplaneException("Map " + map + " is full: it holds " + size + " " + unit + ", " + used
                + " are used, and the new table needs " + more + " more beside the old one."
                + " The table before this one stays in force. Open the data plane with a larger size for " + map + ".");
    }
}
