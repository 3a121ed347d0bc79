package io.sluice.lab.probe;

import java.time.Duration;

/** How long answers took of late: the longest of the last one to two thousand. */
final class Slowness {
    private static final int SPAN = 1_000;

    private Duration current = Duration.ZERO;
    private Duration former = Duration.ZERO;
    private int count;

    void answered(Duration elapsed) {
        if (elapsed.compareTo(current) > 0) {
            current = elapsed;
        }
        if (++count == SPAN) {
            former = current;
            current = Duration.ZERO;
            count = 0;
        }
    }

    Duration slowest() {
        return current.compareTo(former) > 0 ? current : former;
    }
}
