package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.List;

/** Ingress from all addresses on every port. */
final class IngressFromWorld implements Check {
    private static final About ABOUT = new About(
            "ingress-from-world",
            Severity.WARNING,
            "An ingress rule opens every port to every address.",
            "A public service is public on the ports that it serves. Without ports the rule also opens metrics, debug"
                    + " and administration ports, and those that a later version adds.",
            "Add the ports that are meant to be public.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            List<Rule> rules =
                    text.policy().section(Direction.INGRESS).map(Section::rules).orElse(List.of());
            for (int r = 0; r < rules.size(); r++) {
                Rule rule = rules.get(r);
                if (rule.action() != Action.ALLOW || !Rules.isAnyTraffic(rule)) {
                    continue;
                }
                for (int p = 0; p < rule.peers().size(); p++) {
                    if (rule.peers().get(p) instanceof Peer.Network network && Rules.isWorld(network)) {
                        findings.add(
                                text.at(text.peer(Direction.INGRESS, r, p)),
                                "ingress from " + network.cidr() + " on every port is open to the world");
                        break;
                    }
                }
            }
        }
    }
}
