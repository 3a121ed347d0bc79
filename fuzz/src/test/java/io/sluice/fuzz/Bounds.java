package io.sluice.fuzz;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What a reading may cost. Measured are the processor time of the process and the allocations of all its threads, for
 * readers use several; what else the machine does counts in neither.
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

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Bounds() {}

    /** What may cost something. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * The first time classes are loaded, instrumented and compiled, which costs far more than any reading: what exceeds
     * the bounds is done again.
     *
     * @throws AssertionError if it took too much every time
     */
    static <T, E extends Exception> T hold(Work<T, E> work) throws E {
        for (int attempt = 1; ; attempt++) {
            long time = PROCESS.getProcessCpuTime();
            long memory = THREADS.getTotalThreadAllocatedBytes();
            T result = work.run();
            long took = PROCESS.getProcessCpuTime() - time;
            long used = THREADS.getTotalThreadAllocatedBytes() - memory;
            if (took <= LONGEST.toNanos() && used <= MOST_MEMORY) {
                return result;
            }
            if (attempt == ATTEMPTS) {
                throw new AssertionError("took " + Duration.ofNanos(took) + " and " + (used >> 20) + " MiB");
            }
        }
    }
}
