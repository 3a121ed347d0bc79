package io.sluice.policy.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Port tables by identity, in open addressing. Reads take no lock: what is written is either seen whole or not yet, and
 * then it is found out again, with the same result.
 */
class TableMemo {
    private static final VarHandle NUMBER = MethodHandles.arrayElementVarHandle(int[].class);

    private volatile Slots slots = new Slots(8);
    private int count;

    /** The numbers are one more than those of the identities; 0 is a free place. A table is there before its number. */
    private static final class Slots {
        final int[] numbers;
        final @Nullable PortTable[] tables;

        Slots(int size) {
            numbers = new int[size];
            tables = new @Nullable PortTable[size];
        }

        boolean put(int number, PortTable table) {
            int mask = numbers.length - 1;
            int at = spread(number) & mask;
            while (numbers[at] != 0) {
                if (numbers[at] == number) {
                    return false;
                }
                at = at + 1 & mask;
            }
            tables[at] = table;
            NUMBER.setRelease(numbers, at, number);
            return true;
        }
    }

    final @Nullable PortTable known(int identity) {
        Slots all = slots;
        int number = identity + 1;
        int mask = all.numbers.length - 1;
        for (int at = spread(number) & mask; ; at = at + 1 & mask) {
            int there = (int) NUMBER.getAcquire(all.numbers, at);
            if (there == number) {
                return all.tables[at];
            }
            if (there == 0) {
                return null;
            }
        }
    }

    final synchronized void remember(int identity, PortTable table) {
        Slots all = slots;
        if (2 * count >= all.numbers.length) {
            Slots wider = new Slots(2 * all.numbers.length);
            for (int i = 0; i < all.numbers.length; i++) {
                PortTable known = all.tables[i];
                if (known != null) {
                    wider.put(all.numbers[i], known);
                }
            }
            slots = wider;
            all = wider;
        }
        if (all.put(identity + 1, table)) {
            count++;
        }
    }

    private static int spread(int number) {
        int hash = number * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
