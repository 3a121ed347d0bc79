package io.sluice.analysis.diff;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.SourcePosition;

/**
 * An edit that bears a difference.
 *
 * @param policy whose edit it is; for {@link What#LABELS_CHANGED} the policies are the same and it has no name
 * @param rule such as {@code ingress[0]}; empty where it is the policy as a whole
 * @param position in the new version, or in the old one of what is gone
 * @param explanation one sentence
 */
public record PolicyEdit(
        What what, Direction direction, PolicyId policy, String rule, SourcePosition position, String explanation) {
    /** What was done. */
    public enum What {
        POLICY_ADDED,
        POLICY_REMOVED,
        POLICY_EDITED,
        RULE_ADDED,
        RULE_REMOVED,
        LABELS_CHANGED
    }
}
