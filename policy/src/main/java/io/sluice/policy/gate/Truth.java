package io.sluice.policy.gate;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Whether something holds, as far as it is known (Kleene's three values).
 *
 * @param on what it depends on; empty where it is known
 */
public record Truth(boolean holds, SortedSet<String> on) {
    public static final Truth TRUE = new Truth(true, Collections.emptySortedSet());
    public static final Truth FALSE = new Truth(false, Collections.emptySortedSet());

    public Truth {
        on = Collections.unmodifiableSortedSet(new TreeSet<>(on));
    }

    static Truth of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    static Truth unknown(String on) {
        return new Truth(false, new TreeSet<>(java.util.Set.of(on)));
    }

    public boolean isTrue() {
        return on.isEmpty() && holds;
    }

    public boolean isFalse() {
        return on.isEmpty() && !holds;
    }

    public boolean isUnknown() {
        return !on.isEmpty();
    }

    Truth not() {
        return isUnknown() ? this : of(!holds);
    }

    /** Of no parts it is true. */
    static Truth all(Collection<Truth> parts) {
        return parts.stream().anyMatch(Truth::isFalse) ? FALSE : open(parts, true);
    }

    /** Of no parts it is false. */
    static Truth any(Collection<Truth> parts) {
        return parts.stream().anyMatch(Truth::isTrue) ? TRUE : open(parts, false);
    }

    private static Truth open(Collection<Truth> parts, boolean otherwise) {
        SortedSet<String> on = new TreeSet<>();
        parts.forEach(part -> on.addAll(part.on));
        return on.isEmpty() ? of(otherwise) : new Truth(false, on);
    }
}
