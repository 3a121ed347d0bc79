package io.sluice.analysis.intents;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Verdict;

/**
 * Two parties between whom it is not as it was meant.
 *
 * @param from the source's workload, or its address; the same for {@code to}
 * @param traffic all that is otherwise than meant
 * @param expected what was meant
 * @param decision on one packet of that traffic
 * @param pairs how many pairs of pods or addresses fare so
 */
public record Failure(String from, String to, Traffic traffic, Verdict expected, Decision decision, int pairs) {}
