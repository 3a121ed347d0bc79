package io.sluice.analysis.convert;

import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.SourcePosition;

/**
 * Why a policy is not converted.
 *
 * @param position of the rule that is in the way, or of the policy
 */
public record Refusal(PolicyId policy, String reason, SourcePosition position) {}
