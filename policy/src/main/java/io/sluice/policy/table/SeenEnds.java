package io.sluice.policy.table;

import io.sluice.policy.model.Party;
import org.jspecify.annotations.Nullable;

/**
 * Pods that one table was asked about, by object: those of a snapshot are found here without reading their names, which
 * would cost more than the verdict itself. One that is not found is only not known yet.
 *
 * <p>Made when a table has been asked so often that it pays. Threads may overwrite what others write: ends are immutable,
 * and any of them is right for its party.
 */
final class SeenEnds {
    private static final int PAYS_AFTER = 2_048;
    private static final int MOST = 1 << 20;

    private final int size;
    private int asked;
    private VerdictTable.@Nullable End @Nullable [] seen;

    /** @param pods about how many there are */
    SeenEnds(int pods) {
        size = Math.min(MOST, Integer.highestOneBit(Math.max(64, pods)) * 8);
    }

    VerdictTable.@Nullable End get(Party.OfPod party) {
        VerdictTable.@Nullable End @Nullable [] all = seen;
        if (all == null) {
            return null;
        }
        int place = placeOf(party);
        VerdictTable.End end = all[place];
        if (end != null && end.isOf(party)) {
            return end;
        }
        VerdictTable.End other = all[place ^ 1];
        return other != null && other.isOf(party) ? other : null;
    }

    /** Into one of two places, a free one if there is one. */
    void add(Party.OfPod party, VerdictTable.End end) {
        VerdictTable.@Nullable End @Nullable [] all = seen;
        if (all == null) {
            if (++asked < PAYS_AFTER) {
                return;
            }
            all = new VerdictTable.@Nullable End[size];
            seen = all;
        }
        int place = placeOf(party);
        all[all[place] == null ? place : place ^ 1] = end;
    }

    private int placeOf(Party.OfPod party) {
        return System.identityHashCode(party.pod()) & size - 1;
    }
}
