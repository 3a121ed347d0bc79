package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Turns connection tracking on again when somebody took our rule away, for instance with {@code nft flush ruleset}:
 * without it replies look like new connections. Looks only when packets pass untracked, and not often.
 */
final class ConntrackGuard {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Conntrack conntrack;
    private final LongSupplier untrackedPackets;
    private final AtomicLong untrackedBefore;
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

    /** @param untrackedPackets how many forwarded packets were not tracked, since ever */
    ConntrackGuard(Conntrack conntrack, LongSupplier untrackedPackets) {
        this.conntrack = conntrack;
        this.untrackedPackets = untrackedPackets;
        untrackedBefore = new AtomicLong(untrackedPackets.getAsLong());
    }

    /** @throws IllegalStateException if it is off and cannot be turned on */
    void look() {
        long last = lookedAt.get();
        long now = System.nanoTime();
        if (now - last < PAUSE_NANOS || !lookedAt.compareAndSet(last, now)) {
            return;
        }
        long untracked = untrackedPackets.getAsLong();
        if (untracked != untrackedBefore.getAndSet(untracked)) {
            try {
                conntrack.keepOn();
            } catch (DataplaneException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    void remove() {
        conntrack.remove();
    }
}
