package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Policy;
import java.util.HashMap;
import java.util.Map;

/** Two policies that say the same. */
final class DuplicatePolicy implements Check {
    private static final About ABOUT = new About(
            "duplicate-policy",
            Severity.WARNING,
            "A policy says the same as another one, for the same pods.",
            "Two equal policies are one too many to keep in step: who edits or deletes one of them sees no effect.",
            "Delete one of them.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Map<Sameness.SamePolicy, Policy> seen = new HashMap<>();
        for (PolicyText text : cluster.policies()) {
            Policy first = seen.putIfAbsent(Sameness.of(text.policy()), text.policy());
            if (first != null) {
                findings.add(
                        text.position(),
                        text.policy().id() + " says the same as " + first.id() + " ("
                                + first.position().fileLine() + ")");
            }
        }
    }
}
