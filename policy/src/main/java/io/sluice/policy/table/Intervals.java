package io.sluice.policy.table;

import io.sluice.policy.net.TrafficRange;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * A set of traffic keys as sorted, disjoint, inclusive ranges that do not touch: first, last, first, last, ...
 */
record Intervals(int[] bounds) {
    static final Intervals NONE = new Intervals(new int[0]);
    static final Intervals ALL = new Intervals(new int[] {0, TrafficRange.SPACE - 1});

    static Intervals of(Collection<TrafficRange> ranges) {
        int[] out = new int[ranges.size() * 2];
        int n = 0;
        Iterator<TrafficRange> sorted = new TreeSet<>(ranges).iterator();
        while (sorted.hasNext()) {
            TrafficRange range = sorted.next();
            n = append(out, n, range.first(), range.last());
        }
        return new Intervals(Arrays.copyOf(out, n));
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    Intervals and(Intervals other) {
        int[] out = new int[bounds.length + other.bounds.length];
        int n = 0;
        for (int i = 0, j = 0; i < bounds.length && j < other.bounds.length; ) {
            int first = Math.max(bounds[i], other.bounds[j]);
            int last = Math.min(bounds[i + 1], other.bounds[j + 1]);
            if (first <= last) {
                out[n++] = first;
                out[n++] = last;
            }
            if (bounds[i + 1] < other.bounds[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return new Intervals(Arrays.copyOf(out, n));
    }

    Intervals minus(Intervals other) {
        return and(other.complement());
    }

    private Intervals complement() {
        int[] out = new int[bounds.length + 2];
        int n = 0;
        int from = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > from) {
                out[n++] = from;
                out[n++] = bounds[i] - 1;
            }
            from = bounds[i + 1] + 1;
        }
        if (from < TrafficRange.SPACE) {
            out[n++] = from;
            out[n++] = TrafficRange.SPACE - 1;
        }
        return new Intervals(Arrays.copyOf(out, n));
    }

    Intervals or(Intervals other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        int[] out = new int[bounds.length + other.bounds.length];
        int n = 0;
        for (int i = 0, j = 0; i < bounds.length || j < other.bounds.length; ) {
            boolean mine = j == other.bounds.length || i < bounds.length && bounds[i] <= other.bounds[j];
            int[] source = mine ? bounds : other.bounds;
            int at = mine ? i : j;
            n = append(out, n, source[at], source[at + 1]);
            if (mine) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return new Intervals(Arrays.copyOf(out, n));
    }

    private static int append(int[] out, int count, int first, int last) {
        if (count > 0 && first <= out[count - 1] + 1) {
            out[count - 1] = Math.max(out[count - 1], last);
            return count;
        }
        out[count] = first;
        out[count + 1] = last;
        return count + 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Intervals(int[] b) && Arrays.equals(bounds, b);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
