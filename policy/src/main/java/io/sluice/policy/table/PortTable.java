package io.sluice.policy.table;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What happens to each piece of the traffic space: a total function in the form of sorted, disjoint ranges that cover
 * the space from 0 to 2^24 - 1. Neighbours never share a cause.
 */
public final class PortTable {
    private final int[] first;
    private final Cause[] causes;
    private final boolean[] allows;

    /** A range that starts at {@code first} and ends before the next entry, or at the end of the space. */
    public record Entry(int first, Cause cause) {}

    /** @throws IllegalArgumentException if the entries do not start at 0 or do not ascend */
    public PortTable(List<Entry> entries) {
        int[] starts = new int[entries.size()];
        Cause[] merged = new Cause[entries.size()];
        int count = 0;
        int before = -1;
        for (Entry entry : entries) {
            if (before < 0 ? entry.first() != 0 : entry.first() <= before) {
                throw new IllegalArgumentException("entries must start at 0 and ascend: " + entries);
            }
            before = entry.first();
            if (count == 0 || !merged[count - 1].equals(entry.cause())) {
                starts[count] = entry.first();
                merged[count++] = entry.cause();
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("a port table covers the whole space");
        }
        first = Arrays.copyOf(starts, count);
        causes = Arrays.copyOf(merged, count);
        allows = new boolean[count];
        for (int i = 0; i < count; i++) {
            allows[i] = causes[i].verdict() == Verdict.ALLOW;
        }
    }

    public static PortTable of(Cause cause) {
        return new PortTable(List.of(new Entry(0, cause)));
    }

    /** Ascending from key 0. */
    public List<Entry> entries() {
        List<Entry> out = new ArrayList<>(first.length);
        for (int i = 0; i < first.length; i++) {
            out.add(new Entry(first[i], causes[i]));
        }
        return List.copyOf(out);
    }

    /** The cause for a key of {@link TrafficRange#key}. */
    public Cause at(int key) {
        return causes[indexOf(key)];
    }

    /** Whether the cause for a key allows. */
    public boolean allows(int key) {
        return allows[indexOf(key)];
    }

    private int indexOf(int key) {
        int low = 0;
        int high = first.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (first[middle] <= key) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    public boolean isUniform(Verdict verdict) {
        for (boolean allow : allows) {
            if (allow != (verdict == Verdict.ALLOW)) {
                return false;
            }
        }
        return true;
    }

    /** The last key of an entry. */
    public int lastOf(int index) {
        return index + 1 < first.length ? first[index + 1] - 1 : TrafficRange.SPACE - 1;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof PortTable that
                        && Arrays.equals(first, that.first)
                        && Arrays.equals(causes, that.causes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.hashCode(causes);
    }

    @Override
    public String toString() {
        return entries().toString();
    }
}
