package io.sluice.policy.gate;

import io.sluice.policy.model.GatePolicy;

/**
 * A rule that was looked at.
 *
 * @param rule from 0; -1 for a policy without rules, which matches nothing
 * @param enforced whether it counts: neither a dry run, nor an audit, nor enforced at a proxy elsewhere
 */
public record GateStep(GatePolicy policy, int rule, Truth matches, boolean enforced) {}
