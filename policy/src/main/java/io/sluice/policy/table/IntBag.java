package io.sluice.policy.table;

import java.util.Arrays;

/** Numbers, gathered. */
final class IntBag {
    private int[] numbers = new int[16];
    private int count;

    void add(int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The number that was added last, which leaves. */
    int take() {
        return numbers[--count];
    }

    /** A new array, ascending. */
    int[] sorted() {
        int[] out = Arrays.copyOf(numbers, count);
        Arrays.sort(out);
        return out;
    }
}
