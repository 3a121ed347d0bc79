package io.sluice.dataplane.linux;

import java.util.concurrent.locks.LockSupport;

/**
 * What a writer of BPF maps needs to know about packets that are being judged at this moment. Netfilter programs run
 * inside an RCU read section, and membarrier(2) with MEMBARRIER_CMD_GLOBAL waits for one grace period.
 */
public final class Rcu {
    private static final int MEMBARRIER_CMD_GLOBAL = 1;

    /** Where the kernel offers no barrier (nohz_full): far longer than any packet stays in a program. */
    private static final long FALLBACK_NANOS = 100_000_000;

    private static final boolean TOTAL_STORE_ORDER =
            System.getProperty("os.arch").equals("amd64");

    private Rcu() {}

    /** Returns when every program that was running at the call has ended. */
    public static void synchronize() {
        if (Libc.membarrier(MEMBARRIER_CMD_GLOBAL) < 0) {
            long end = System.nanoTime() + FALLBACK_NANOS;
            for (long left = FALLBACK_NANOS; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /** Returns when what was written before is visible to every program that sees what is written after. */
    public static void orderWrites() {
        if (!TOTAL_STORE_ORDER) {
            synchronize();
        }
    }
}
