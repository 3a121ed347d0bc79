package io.sluice.analysis.explain;

import io.sluice.analysis.directory.Target;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer for one port.
 *
 * @param port as it was asked: the Service's port where the destination is a Service
 * @param cases one where all pods fare alike; none where there is nothing to decide, which the notes explain
 * @param notes what else is to be known, one sentence each
 */
public record Explanation(Target from, Target to, Protocol protocol, int port, List<Case> cases, List<String> notes) {
    public Explanation {
        cases = List.copyOf(cases);
        notes = List.copyOf(notes);
    }

    /**
     * Pairs of pods that fare alike, told by the first of them.
     *
     * @param from the source's party, shown
     * @param pairs how many pairs of pods there are of this kind
     * @param changes of the network's policies that would turn the verdict round, the smallest first; made together where
     *     there is one for each direction; none where the gate denies
     * @param gate what the gate at the destination says; null where no policy of one speaks of the destination
     */
    public record Case(
            Party from,
            Party to,
            int targetPort,
            Decision decision,
            int pairs,
            List<Change> changes,
            @Nullable GateDecision gate) {
        public Case {
            changes = List.copyOf(changes);
        }

        /** Of the network and the gate; a gate that may allow counts as one that does, see {@link #isOpen}. */
        public Verdict verdict() {
            return isDeniedByGate() ? Verdict.DENY : decision.verdict();
        }

        /** Whether the gate denies, whatever the network does: then no policy of the network alone allows it. */
        public boolean isDeniedByGate() {
            return gate != null && gate.outcome() == Outcome.DENY;
        }

        /** Whether the network allows and what the gate says is not known from what was asked. */
        public boolean isOpen() {
            return verdict() == Verdict.ALLOW
                    && gate != null
                    && (gate.outcome() == Outcome.DEPENDS || gate.outcome() == Outcome.ASK);
        }
    }

    /** Whether at least one pair of pods is refused. */
    public Verdict verdict() {
        return cases.stream().allMatch(c -> c.verdict() == Verdict.ALLOW) ? Verdict.ALLOW : Verdict.DENY;
    }

    /** Whether all pairs of pods certainly fare so. */
    public boolean isCertainly(Verdict verdict) {
        return !cases.isEmpty()
                && verdict() == verdict
                && (verdict == Verdict.DENY || cases.stream().noneMatch(Case::isOpen));
    }
}
