package io.sluice.policy.table;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to each piece of the traffic space: a total function in the form of sorted, disjoint ranges that cover
 * the space from 0 to 2^24 - 1. Neighbours never share a cause.
 */
public record PortTable(List<Entry> entries) {
    /** A range that starts at {@code first} and ends before the next entry, or at the end of the space. */
    public record Entry(int first, Cause cause) {}

    public PortTable {
        List<Entry> merged = new ArrayList<>();
        for (Entry entry : entries) {
            int expectedAfter = merged.isEmpty() ? -1 : merged.getLast().first();
            if (merged.isEmpty() ? entry.first() != 0 : entry.first() <= expectedAfter) {
                throw new IllegalArgumentException("entries must start at 0 and ascend: " + entries);
            }
            if (merged.isEmpty() || !merged.getLast().cause().equals(entry.cause())) {
                merged.add(entry);
            }
        }
        if (merged.isEmpty()) {
            throw new IllegalArgumentException("a port table covers the whole space");
        }
        entries = List.copyOf(merged);
    }

    public static PortTable of(Cause cause) {
        return new PortTable(List.of(new Entry(0, cause)));
    }

    /** The cause for a key of {@link TrafficRange#key}. */
    public Cause at(int key) {
        int low = 0;
        int high = entries.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (entries.get(middle).first() <= key) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return entries.get(low).cause();
    }

    public boolean isUniform(Verdict verdict) {
        return entries.stream().allMatch(e -> e.cause().verdict() == verdict);
    }

    /** The last key of an entry. */
    public int lastOf(int index) {
        return index + 1 < entries.size() ? entries.get(index + 1).first() - 1 : TrafficRange.SPACE - 1;
    }
}
