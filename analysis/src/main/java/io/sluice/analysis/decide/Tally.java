package io.sluice.analysis.decide;

import io.sluice.policy.model.Verdict;
import java.util.Optional;

/**
 * How many answers of what kind.
 *
 * @param open neither allowed nor denied: it depends on the request, or somebody else is asked
 * @param unknown recorded flows of which the manifests do not have an end
 * @param newlyAllowed recorded as denied and allowed now
 * @param newlyDenied recorded as allowed and denied now
 */
public record Tally(long allowed, long denied, long open, long unknown, long newlyAllowed, long newlyDenied) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);
    private static final Tally ALLOWED = new Tally(1, 0, 0, 0, 0, 0);
    private static final Tally DENIED = new Tally(0, 1, 0, 0, 0, 0);
    private static final Tally OPEN = new Tally(0, 0, 1, 0, 0, 0);
    private static final Tally UNKNOWN = new Tally(0, 0, 0, 1, 0, 0);
    private static final Tally NEWLY_ALLOWED = new Tally(1, 0, 0, 0, 1, 0);
    private static final Tally NEWLY_DENIED = new Tally(0, 1, 0, 0, 0, 1);

    Tally plus(Tally other) {
        return new Tally(
                allowed + other.allowed,
                denied + other.denied,
                open + other.open,
                unknown + other.unknown,
                newlyAllowed + other.newlyAllowed,
                newlyDenied + other.newlyDenied);
    }

    /** Of one recorded flow. A flow that depends on the request is neither newly allowed nor newly denied. */
    static Tally of(Asked.Flow flow, Optional<Answer> answer) {
        if (answer.isEmpty()) {
            return UNKNOWN;
        }
        if (answer.get().depends()) {
            return OPEN;
        }
        boolean changed = flow.isChangedBy(answer.get()).orElse(false);
        return answer.get().verdict() == Verdict.ALLOW
                ? (changed ? NEWLY_ALLOWED : ALLOWED)
                : (changed ? NEWLY_DENIED : DENIED);
    }
}
