package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.List;

/** A rule beside one of the same policy that leaves it nothing to decide. The verb check finds all of them. */
final class RuleWithoutEffect implements Check {
    private static final About ABOUT = new About(
            "rule-without-effect",
            Severity.WARNING,
            "Another rule of the same policy leaves a rule nothing to decide.",
            "Beside a rule that allows everything the others of a NetworkPolicy change nothing, though they look like a"
                    + " restriction. In a ClusterNetworkPolicy the first rule that matches decides, and what an earlier"
                    + " rule covers a later one never sees.",
            "Remove the wide rule, or the one that has no effect.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            boolean ordered = text.policy().combining().isOrdered();
            for (Section section : text.policy().sections()) {
                List<Rule> rules = section.rules();
                for (int r = 0; r < rules.size(); r++) {
                    int wide = ordered ? earlierOver(rules, r) : allowAllBeside(rules, r);
                    if (wide >= 0) {
                        findings.add(
                                text.at(text.rule(section.direction(), r)),
                                "the rule decides nothing, because " + section.direction() + "[" + wide
                                        + "] covers it");
                    }
                }
            }
        }
    }

    private static int allowAllBeside(List<Rule> rules, int rule) {
        for (int r = 0; r < rules.size(); r++) {
            if (r != rule && Rules.allowsAll(rules.get(r)) && !Rules.allowsAll(rules.get(rule))) {
                return r;
            }
        }
        return -1;
    }

    private static int earlierOver(List<Rule> rules, int rule) {
        Rule late = rules.get(rule);
        for (int r = 0; r < rule; r++) {
            Rule early = rules.get(r);
            boolean peers = Rules.isAnyPeer(early) || early.peers().containsAll(late.peers());
            boolean ports = Rules.isAnyTraffic(early) || early.ports().containsAll(late.ports());
            if (peers && ports && !Sameness.of(early).equals(Sameness.of(late))) {
                return r;
            }
        }
        return -1;
    }
}
