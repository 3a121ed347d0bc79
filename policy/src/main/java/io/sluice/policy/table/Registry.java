package io.sluice.policy.table;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Things by number, in the order in which they came. One thread adds; any thread that was given a number reads. */
final class Registry<T> {
    private volatile @Nullable Object[] things = new @Nullable Object[64];
    private int count;

    int add(T thing) {
        @Nullable Object[] all = things;
        if (count == all.length) {
            all = Arrays.copyOf(all, 2 * count);
        }
        all[count] = thing;
        things = all;
        return count++;
    }

    /** How many there are, for the thread that adds. */
    int count() {
        return count;
    }

    @SuppressWarnings("unchecked") // only add(T) writes
    T get(int number) {
        T thing = (T) things[number];
        if (thing == null) {
            throw new IllegalArgumentException("no such number: " + number);
        }
        return thing;
    }
}
