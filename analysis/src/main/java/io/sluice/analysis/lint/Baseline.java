package io.sluice.analysis.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Findings that were there when somebody began to look, so that only new ones fail. A finding is known by id, file and
 * message, not by line: edits above it do not make it new. As many of the same as the baseline counts are known.
 *
 * @param known how many of each
 */
public record Baseline(Map<Key, Integer> known) {
    public static final Baseline EMPTY = new Baseline(Map.of());

    /** What a finding is known by. */
    public record Key(String id, String file, String message) implements Comparable<Key> {
        static Key of(Finding finding) {
            return new Key(finding.id(), finding.position().file(), finding.message());
        }

        @Override
        public int compareTo(Key other) {
            int byFile = file.compareTo(other.file);
            int byId = byFile != 0 ? byFile : id.compareTo(other.id);
            return byId != 0 ? byId : message.compareTo(other.message);
        }
    }

    public Baseline {
        known = Map.copyOf(known);
    }

    public static Baseline of(List<Finding> findings) {
        Map<Key, Integer> counts = new TreeMap<>();
        findings.forEach(finding -> counts.merge(Key.of(finding), 1, Integer::sum));
        return new Baseline(counts);
    }

    /** The findings that it does not know. */
    public List<Finding> without(List<Finding> findings) {
        Map<Key, Integer> left = new HashMap<>(known);
        List<Finding> out = new ArrayList<>();
        for (Finding finding : findings) {
            Integer count = left.getOrDefault(Key.of(finding), 0);
            if (count > 0) {
                left.put(Key.of(finding), count - 1);
            } else {
                out.add(finding);
            }
        }
        return out;
    }
}
