package io.sluice.analysis.decide;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Verdict;

/** The causes of both directions. */
record Answer(Cause egress, Cause ingress) {
    Verdict verdict() {
        return egress.verdict() == Verdict.ALLOW && ingress.verdict() == Verdict.ALLOW ? Verdict.ALLOW : Verdict.DENY;
    }
}
