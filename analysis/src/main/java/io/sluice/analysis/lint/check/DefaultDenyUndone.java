package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A default deny and, for the same pods or all of them, a policy that allows everything. */
final class DefaultDenyUndone implements Check {
    private static final About ABOUT = new About(
            "default-deny-undone",
            Severity.WARNING,
            "A policy that allows everything undoes a default deny of the same namespace.",
            "NetworkPolicies only add: what one allows no other can take away, in whatever order they are applied. An"
                    + " allow-all that selects the pods of a default deny leaves nothing of it.",
            "Remove the allow-all, or allow only the peers and ports that are needed.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Map<NamespaceMatch, List<Policy>> denials = new HashMap<>();
        for (Policy policy : cluster.snapshot().policies()) {
            if (policy.sections().stream().anyMatch(DefaultDenyUndone::isDefaultDeny)) {
                denials.computeIfAbsent(policy.subject().namespaces(), _ -> new ArrayList<>())
                        .add(policy);
            }
        }
        for (PolicyText text : cluster.policies()) {
            Policy policy = text.policy();
            List<Policy> here = denials.getOrDefault(policy.subject().namespaces(), List.of());
            if (here.isEmpty() || policy.combining() != Combining.DENY_OVERRIDES) {
                continue;
            }
            for (Section section : policy.sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    if (Rules.allowsNearlyAll(section.rules().get(r))) {
                        report(text, section, r, here, findings);
                        break;
                    }
                }
            }
        }
    }

    private static boolean isDefaultDeny(Section section) {
        return section.isolates() && section.rules().isEmpty();
    }

    private static void report(PolicyText text, Section section, int rule, List<Policy> denials, Findings findings) {
        Policy policy = text.policy();
        for (Policy denial : denials) {
            boolean covers = policy.subject().pods().equals(Selector.ALL)
                    || policy.subject().pods().equals(denial.subject().pods());
            if (covers
                    && denial != policy
                    && denial.section(section.direction())
                            .filter(DefaultDenyUndone::isDefaultDeny)
                            .isPresent()) {
                findings.add(
                        text.at(text.rule(section.direction(), rule)),
                        "this rule allows all " + section.direction() + ", so the default deny of policy "
                                + denial.id().name() + " has no effect");
                return;
            }
        }
    }
}
