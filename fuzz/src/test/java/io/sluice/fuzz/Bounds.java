package io.sluice.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a reading may cost. Measured are the processor time and the allocations of the reading thread, which do not
 * depend on what else the machine does.
 */
final class Bounds {
    /** Fuzzers write inputs of a few kilobytes; a fuzzer's instrumentation makes everything several times slower. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /**
     * In bytes. The text that costs most is "replicas: 150000", the largest cluster there can be; all else grows with the
     * text, or with what its aliases may stand for.
     */
    private static final long MOST_MEMORY = 256L << 20;

    private static final int ATTEMPTS = 3;

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounds() {}

    /**
     * The first time classes are loaded, and instrumented, which costs far more than any reading: what exceeds the bounds
     * is done again.
     *
     * @throws AssertionError if it took too much every time
     */
    static <T> T hold(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            long time = THREADS.getCurrentThreadCpuTime();
            long memory = THREADS.getCurrentThreadAllocatedBytes();
            T result = work.get();
            long took = THREADS.getCurrentThreadCpuTime() - time;
            long used = THREADS.getCurrentThreadAllocatedBytes() - memory;
            if (took <= LONGEST.toNanos() && used <= MOST_MEMORY) {
                return result;
            }
            if (attempt == ATTEMPTS) {
                throw new AssertionError("took " + Duration.ofNanos(took) + " and " + (used >> 20) + " MiB");
            }
        }
    }
}
