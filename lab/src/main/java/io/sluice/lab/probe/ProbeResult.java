package io.sluice.lab.probe;

import io.sluice.policy.model.Verdict;

/** What the policies say and what the network did. */
public record ProbeResult(Observation observation, Verdict expected) {
    public Probe probe() {
        return observation.probe();
    }

    public Verdict observed() {
        return observation.verdict();
    }

    public boolean agrees() {
        return observed() == expected;
    }

    /** {@code web/front -> data/store 10.244.1.3 5432/TCP: expected deny, observed allow (answered)}. */
    @Override
    public String toString() {
        return probe() + ": expected " + expected + ", observed " + observed() + " ("
                + observation.outcome().name().toLowerCase(java.util.Locale.ROOT) + ")";
    }
}
