package io.sluice.policy.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Distinct sets of numbers, themselves numbered. A number means the same for good. One thread makes them. */
final class FeatureSets {
    /** The empty set. */
    static final int NONE = 0;

    private final Map<Ints, Integer> numbers = new HashMap<>();
    private final Registry<int[]> sets = new Registry<>();

    FeatureSets() {
        number(new int[0]);
    }

    /** @param ascending not to be changed afterwards */
    int number(int[] ascending) {
        return numbers.computeIfAbsent(new Ints(ascending), _ -> sets.add(ascending));
    }

    /** Ascending; not to be changed. For any thread that was given the number. */
    int[] of(int number) {
        return sets.get(number);
    }

    int count() {
        return sets.count();
    }

    /**
     * The set with some features more and some fewer.
     *
     * @param changes a feature to add, or {@link #gone} of one to take away
     */
    int changed(int number, int[] changes) {
        if (changes.length == 0) {
            return number;
        }
        int[] before = of(number);
        int[] after = Arrays.copyOf(before, before.length + changes.length);
        int count = before.length;
        for (int change : changes) {
            if (change >= 0) {
                after[count++] = change;
            } else {
                int taken = gone(change);
                int at = 0;
                while (at < count && after[at] != taken) {
                    at++;
                }
                if (at < count) {
                    after[at] = after[--count];
                }
            }
        }
        after = Arrays.copyOf(after, count);
        Arrays.sort(after);
        return number(after);
    }

    /** A feature to take away, as a change; and back again. */
    static int gone(int feature) {
        return -feature - 1;
    }
}
