package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.List;

/** Peers in one rule and ports in the next, where one rule was meant. */
final class SplitRule implements Check {
    private static final About ABOUT = new About(
            "split-rule",
            Severity.WARNING,
            "A rule with peers and no ports is followed by a rule with ports and no peers.",
            "Each dash under ingress or egress begins a rule of its own. With a dash before ports, the first rule allows"
                    + " the peers on every port and the second allows everyone on those ports.",
            "Indent ports under the same item as from or to, without a dash.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                List<Rule> rules = section.rules();
                for (int r = 0; r + 1 < rules.size(); r++) {
                    if (isPeersAlone(rules.get(r)) && isPortsAlone(rules.get(r + 1))) {
                        findings.add(
                                text.at(text.rule(section.direction(), r + 1)),
                                "this rule opens its ports to everyone, and the rule before opens every port to its"
                                        + " peers: two rules where one was probably meant");
                    }
                }
            }
        }
    }

    private static boolean isPeersAlone(Rule rule) {
        return rule.action() == Action.ALLOW && !Rules.isAnyPeer(rule) && Rules.isAnyTraffic(rule);
    }

    private static boolean isPortsAlone(Rule rule) {
        return rule.action() == Action.ALLOW && Rules.isAnyPeer(rule) && !Rules.isAnyTraffic(rule);
    }
}
