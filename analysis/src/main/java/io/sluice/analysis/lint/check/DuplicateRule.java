package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Section;
import java.util.HashMap;
import java.util.Map;

/** Two rules of a policy that say the same. */
final class DuplicateRule implements Check {
    private static final About ABOUT = new About(
            "duplicate-rule",
            Severity.WARNING,
            "A rule says the same as an earlier one of its policy.",
            "The second has no effect. It is often a copy in which something was to be changed.",
            "Delete it, or change what was to be changed.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                Map<Sameness.SameRule, Integer> seen = new HashMap<>();
                for (int r = 0; r < section.rules().size(); r++) {
                    Integer first = seen.putIfAbsent(Sameness.of(section.rules().get(r)), r);
                    if (first != null) {
                        findings.add(
                                text.at(text.rule(section.direction(), r)),
                                "the rule says the same as " + section.direction() + "[" + first + "]");
                    }
                }
            }
        }
    }
}
