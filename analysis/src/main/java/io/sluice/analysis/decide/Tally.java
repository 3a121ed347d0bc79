package io.sluice.analysis.decide;

import io.sluice.policy.model.Verdict;
import java.util.Optional;

/**
 * How many answers of what kind.
 *
 * @param unknown recorded flows of which the manifests do not have an end
 * @param newlyAllowed recorded as denied and allowed now
 * @param newlyDenied recorded as allowed and denied now
 */
public record Tally(long allowed, long denied, long unknown, long newlyAllowed, long newlyDenied) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally plus(Tally other) {
        return new Tally(
                allowed + other.allowed,
                denied + other.denied,
                unknown + other.unknown,
                newlyAllowed + other.newlyAllowed,
                newlyDenied + other.newlyDenied);
    }

    static Tally of(Asked.Flow flow, Optional<Verdict> verdict) {
        if (verdict.isEmpty()) {
            return new Tally(0, 0, 1, 0, 0);
        }
        boolean is = verdict.get() == Verdict.ALLOW;
        boolean opened = is && flow.wasAllowed().filter(was -> !was).isPresent();
        boolean closed = !is && flow.wasAllowed().filter(was -> was).isPresent();
        return new Tally(is ? 1 : 0, is ? 0 : 1, 0, opened ? 1 : 0, closed ? 1 : 0);
    }
}
