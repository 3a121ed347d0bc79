package io.sluice.policy.decide;

import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.RuleRef;
import java.util.List;

/** One step of a trace, in the order of evaluation. */
public sealed interface Step {
    /**
     * A rule of a policy that selects the subject was looked at. It matches where both are true, unless it only logs, or
     * allows no more than an application's requests, which are not seen at this layer.
     */
    record RuleTried(RuleRef rule, boolean peerMatches, boolean portMatches) implements Step {
        public boolean matches() {
            return peerMatches && portMatches && rule.rule().decides();
        }
    }

    /** A policy selects the subject in this direction but has no rule there. */
    record NoRules(PolicyId policy) implements Step {}

    /** A PASS rule matched and ended its tier. */
    record Passed(RuleRef rule) implements Step {}

    /** The tier had no policy for the subject, or none that decided. */
    record TierSilent(String tier) implements Step {}

    /**
     * Two rules of equal priority in one tier both match and disagree; the API leaves open which counts
     * (ClusterNetworkPolicy priority). The first is the one taken here.
     */
    record Ambiguous(RuleRef taken, RuleRef other) implements Step {}

    /** The cause that ended the evaluation. */
    record Decided(Cause cause) implements Step {}

    static List<RuleTried> tried(List<Step> steps) {
        return steps.stream()
                .filter(RuleTried.class::isInstance)
                .map(RuleTried.class::cast)
                .toList();
    }
}
