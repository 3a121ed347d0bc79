package io.sluice.policy.table;

import io.sluice.policy.model.Pod;
import org.jspecify.annotations.Nullable;

/**
 * Pods that one table was asked about, by object: the objects of a snapshot are found here without reading their names,
 * which would cost more than the verdict itself. A pod that is not found is only not known yet.
 *
 * <p>Made when a table has been asked so often that it pays. Threads may overwrite what others write: entries are
 * immutable, and any of them is right for its pod.
 */
final class SeenPods {
    private static final int PAYS_AFTER = 2_048;
    private static final int MOST = 1 << 18;

    private final int size;
    private int asked;
    private @Nullable PodEntry @Nullable [] seen;

    /** @param pods about how many there are */
    SeenPods(int pods) {
        size = Math.min(MOST, Integer.highestOneBit(Math.max(64, pods)) * 4);
    }

    @Nullable
    PodEntry get(Pod pod) {
        @Nullable PodEntry @Nullable [] all = seen;
        if (all == null) {
            return null;
        }
        PodEntry entry = all[System.identityHashCode(pod) & size - 1];
        return entry != null && entry.pod() == pod ? entry : null;
    }

    /** @param entry of the same object */
    void add(PodEntry entry) {
        @Nullable PodEntry @Nullable [] all = seen;
        if (all == null) {
            if (++asked < PAYS_AFTER) {
                return;
            }
            all = new @Nullable PodEntry[size];
            seen = all;
        }
        all[System.identityHashCode(entry.pod()) & size - 1] = entry;
    }
}
