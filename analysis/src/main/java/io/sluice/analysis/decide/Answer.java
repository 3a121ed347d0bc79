package io.sluice.analysis.decide;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.model.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The causes of both directions, and what the gate at the destination says.
 *
 * @param gate null where no policy of a gate speaks of the destination
 */
record Answer(Cause egress, Cause ingress, @Nullable GateDecision gate) {
    Answer(Cause egress, Cause ingress) {
        this(egress, ingress, null);
    }

    /** Of the network and the gate; a gate that may allow counts as one that does, see {@link #depends}. */
    Verdict verdict() {
        return networkAllows() && !gateDenies() ? Verdict.ALLOW : Verdict.DENY;
    }

    boolean networkAllows() {
        return egress.verdict() == Verdict.ALLOW && ingress.verdict() == Verdict.ALLOW;
    }

    boolean gateDenies() {
        return gate != null && gate.outcome() == Outcome.DENY;
    }

    /** Whether the gate's answer is not known from what was asked. */
    boolean isOpen() {
        return gate != null && (gate.outcome() == Outcome.DEPENDS || gate.outcome() == Outcome.ASK);
    }

    /** Whether the network allows and the gate may. */
    boolean depends() {
        return networkAllows() && isOpen();
    }

    /** {@code allow}, {@code deny} or {@code depends}. */
    String word() {
        return depends() ? "depends" : verdict().toString();
    }
}
