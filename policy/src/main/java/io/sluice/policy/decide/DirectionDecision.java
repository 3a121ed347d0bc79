package io.sluice.policy.decide;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Verdict;
import java.util.List;

/** The answer for one direction, with every step that led to it. */
public record DirectionDecision(Direction direction, Cause cause, List<Step> trace) {
    public DirectionDecision {
        trace = List.copyOf(trace);
    }

    public Verdict verdict() {
        return cause.verdict();
    }
}
