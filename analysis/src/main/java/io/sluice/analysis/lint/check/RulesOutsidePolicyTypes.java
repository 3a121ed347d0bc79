package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;

/** Rules in a direction that policyTypes leaves out. */
final class RulesOutsidePolicyTypes implements Check {
    private static final About ABOUT = new About(
            "rules-outside-policy-types",
            Severity.ERROR,
            "A policy has rules for a direction that its policyTypes leave out.",
            "policyTypes says which directions a policy speaks of. The API accepts rules in another direction and"
                    + " ignores them: they allow nothing and isolate nothing.",
            "Add the direction to policyTypes, or remove the rules.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            if (text.isNetworkPolicy() && text.text().size("spec", "policyTypes") > 0) {
                for (Direction direction : Direction.values()) {
                    String type = direction == Direction.INGRESS ? "Ingress" : "Egress";
                    String key = direction.toString();
                    if (text.text().size("spec", key) > 0
                            && !text.text().texts("spec", "policyTypes").contains(type)) {
                        findings.add(
                                text.text().keyAt("spec", key),
                                "the " + key + " rules are ignored, because policyTypes has no " + type);
                    }
                }
            }
        }
    }
}
