package io.sluice.analysis.explain;

import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Verdict;
import java.util.Optional;

/** The rule that came nearest to allowing what was denied. */
public final class Misses {
    private Misses() {}

    /** A rule about this peer on other ports is nearer than one about this port and other peers. */
    public static Optional<Step.RuleTried> nearest(DirectionDecision decision) {
        if (decision.verdict() == Verdict.ALLOW) {
            return Optional.empty();
        }
        return first(decision, true, false).or(() -> first(decision, false, true));
    }

    private static Optional<Step.RuleTried> first(DirectionDecision decision, boolean peer, boolean port) {
        return Step.tried(decision.trace()).stream()
                .filter(t -> t.rule().rule().action() == Action.ALLOW)
                .filter(t -> t.peerMatches() == peer && t.portMatches() == port)
                .findFirst();
    }
}
