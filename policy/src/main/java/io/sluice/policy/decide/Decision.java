package io.sluice.policy.decide;

import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Verdict;

/** The answer for a connection: the source's egress and the destination's ingress must both allow it. */
public record Decision(Connection connection, DirectionDecision egress, DirectionDecision ingress) {
    public Verdict verdict() {
        return egress.verdict() == Verdict.ALLOW && ingress.verdict() == Verdict.ALLOW ? Verdict.ALLOW : Verdict.DENY;
    }
}
