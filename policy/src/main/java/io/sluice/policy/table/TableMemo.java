package io.sluice.policy.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Port tables by identity, in open addressing. Reads take no lock: what is written is either seen whole or not yet, and
 * then it is found out again, with the same result.
 */
final class TableMemo {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Known[].class);

    private volatile @Nullable Known[] slots = new @Nullable Known[8];
    private int count;

    private record Known(int identity, PortTable table) {}

    @Nullable PortTable get(int identity) {
        @Nullable Known[] all = slots;
        int mask = all.length - 1;
        for (int at = spread(identity) & mask; ; at = at + 1 & mask) {
            Known known = (Known) SLOT.getAcquire(all, at);
            if (known == null) {
                return null;
            }
            if (known.identity == identity) {
                return known.table;
            }
        }
    }

    synchronized void put(int identity, PortTable table) {
        @Nullable Known[] all = slots;
        if (2 * count >= all.length) {
            @Nullable Known[] wider = new @Nullable Known[2 * all.length];
            for (Known known : all) {
                if (known != null) {
                    put(wider, known);
                }
            }
            slots = wider;
            all = wider;
        }
        if (put(all, new Known(identity, table))) {
            count++;
        }
    }

    private static boolean put(@Nullable Known[] all, Known added) {
        int mask = all.length - 1;
        for (int at = spread(added.identity) & mask; ; at = at + 1 & mask) {
            Known known = all[at];
            if (known == null) {
                SLOT.setRelease(all, at, added);
                return true;
            }
            if (known.identity == added.identity) {
                return false;
            }
        }
    }

    private static int spread(int identity) {
        int hash = identity * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
