package io.sluice.policy.gate;

import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The gate's answer to a request.
 *
 * @param dependsOn of {@link Outcome#DEPENDS}, what is not known and would decide
 */
public record GateDecision(Outcome outcome, GateCause cause, SortedSet<String> dependsOn, List<GateStep> trace) {
    public GateDecision {
        dependsOn = Collections.unmodifiableSortedSet(new TreeSet<>(dependsOn));
        trace = List.copyOf(trace);
    }

    static GateDecision of(Outcome outcome, GateCause cause, List<GateStep> trace) {
        return new GateDecision(outcome, cause, Collections.emptySortedSet(), trace);
    }

    static GateDecision open(SortedSet<String> on, List<GateStep> trace) {
        return new GateDecision(Outcome.DEPENDS, new GateCause.Open(on), on, trace);
    }
}
