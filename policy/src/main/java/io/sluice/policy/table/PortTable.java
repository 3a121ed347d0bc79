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
    /** Where each range starts, in the upper bits, and whether it is allowed, in the lowest: one array for decisions. */
    private final int[] starts;

    private final Cause[] causes;

    /** All that is allowed lies between these two, so that most questions end with them. */
    private final int firstAllowed;

    private final int lastAllowed;

    /** Whether nothing between the two is denied. */
    private final boolean isOneRun;

    /** What there is of verdicts in a table. */
    enum Verdicts {
        ALL_ALLOW,
        ALL_DENY,
        BOTH
    }

    /** A range that starts at {@code first} and ends before the next entry, or at the end of the space. */
    public record Entry(int first, Cause cause) {}

    /** @throws IllegalArgumentException if the entries do not start at 0 or do not ascend */
    public PortTable(List<Entry> entries) {
        int[] gathered = new int[entries.size()];
        Cause[] merged = new Cause[entries.size()];
        int count = 0;
        int before = -1;
        for (Entry entry : entries) {
            if (before < 0 ? entry.first() != 0 : entry.first() <= before) {
                throw new IllegalArgumentException("entries must start at 0 and ascend: " + entries);
            }
            before = entry.first();
            if (count == 0 || !merged[count - 1].equals(entry.cause())) {
                gathered[count] = entry.first() << 1 | (entry.cause().verdict() == Verdict.ALLOW ? 1 : 0);
                merged[count++] = entry.cause();
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("a port table covers the whole space");
        }
        starts = Arrays.copyOf(gathered, count);
        causes = Arrays.copyOf(merged, count);
        int from = TrafficRange.SPACE;
        int to = -1;
        int runs = 0;
        for (int i = 0; i < starts.length; i++) {
            if (isAllowed(i)) {
                from = Math.min(from, starts[i] >> 1);
                to = lastOf(i);
                runs += i > 0 && isAllowed(i - 1) ? 0 : 1;
            }
        }
        firstAllowed = from;
        lastAllowed = to;
        isOneRun = runs <= 1;
    }

    private boolean isAllowed(int index) {
        return (starts[index] & 1) == 1;
    }

    public static PortTable of(Cause cause) {
        return new PortTable(List.of(new Entry(0, cause)));
    }

    /** Ascending from key 0. */
    public List<Entry> entries() {
        List<Entry> out = new ArrayList<>(starts.length);
        for (int i = 0; i < starts.length; i++) {
            out.add(new Entry(starts[i] >> 1, causes[i]));
        }
        return List.copyOf(out);
    }

    /** The cause for a key of {@link TrafficRange#key}. */
    public Cause at(int key) {
        return causes[indexOf(key)];
    }

    /** Whether the cause for a key allows. */
    public boolean allows(int key) {
        return key >= firstAllowed && key <= lastAllowed && (isOneRun || isAllowed(indexOf(key)));
    }

    private int indexOf(int key) {
        int sought = key << 1 | 1;
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= sought) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    Verdicts verdicts() {
        if (lastAllowed < 0) {
            return Verdicts.ALL_DENY;
        }
        boolean isWhole = firstAllowed == 0 && lastAllowed == TrafficRange.SPACE - 1;
        return isOneRun && isWhole ? Verdicts.ALL_ALLOW : Verdicts.BOTH;
    }

    public boolean isUniform(Verdict verdict) {
        return verdicts() == (verdict == Verdict.ALLOW ? Verdicts.ALL_ALLOW : Verdicts.ALL_DENY);
    }

    /** The last key of an entry. */
    public int lastOf(int index) {
        return index + 1 < starts.length ? (starts[index + 1] >> 1) - 1 : TrafficRange.SPACE - 1;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof PortTable that
                        && Arrays.equals(starts, that.starts)
                        && Arrays.equals(causes, that.causes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(causes);
    }

    @Override
    public String toString() {
        return entries().toString();
    }
}
