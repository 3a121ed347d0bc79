package io.sluice.analysis.recommend;

import io.sluice.policy.model.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What policies are to allow.
 *
 * @param snapshot the pods, with those that only the recording knows
 * @param talks without repetition, in order
 * @param notes what was left out and why, a line each
 */
public record Observed(Snapshot snapshot, SortedSet<Talk> talks, List<String> notes) {
    public Observed {
        talks = Collections.unmodifiableSortedSet(new TreeSet<>(talks));
        notes = List.copyOf(notes);
    }
}
