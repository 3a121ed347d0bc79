package io.sluice.analysis.lint;

import io.sluice.policy.model.SourcePosition;
import java.util.Comparator;

/**
 * Something that a check has to say about one place.
 *
 * @param id of the check
 * @param message one sentence: what is wrong here
 * @param fix one sentence: what to write instead
 */
public record Finding(String id, Severity severity, SourcePosition position, String message, String fix)
        implements Comparable<Finding> {
    private static final Comparator<Finding> ORDER =
            Comparator.comparing(Finding::position).thenComparing(Finding::id).thenComparing(Finding::message);

    /** By file, line, column, then id. */
    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
