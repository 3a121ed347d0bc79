package io.sluice.policy.table;

import java.util.Arrays;

/** Numbers as a key of a map. Whoever makes one gives the array away. */
record Ints(int[] numbers) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Ints(int[] n) && Arrays.equals(numbers, n);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return Arrays.toString(numbers);
    }
}
