package io.sluice.analysis.explain;

import io.sluice.analysis.directory.Target;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import java.util.List;

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
     * @param changes that would turn the verdict round, the smallest first; made together where there is one for each
     *     direction
     */
    public record Case(Party from, Party to, int targetPort, Decision decision, int pairs, List<Change> changes) {
        public Case {
            changes = List.copyOf(changes);
        }
    }

    /** Whether at least one pair of pods is refused. */
    public Verdict verdict() {
        return cases.stream().allMatch(c -> c.decision().verdict() == Verdict.ALLOW) ? Verdict.ALLOW : Verdict.DENY;
    }
}
