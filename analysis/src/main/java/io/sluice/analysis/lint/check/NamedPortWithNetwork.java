package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.List;

/** A port name for destinations that have no port names. */
final class NamedPortWithNetwork implements Check {
    private static final About ABOUT = new About(
            "named-port-with-network",
            Severity.WARNING,
            "An egress rule to a network names its port.",
            "Port names belong to containers. An address that is not a pod's has none, so the rule matches nothing"
                    + " there. For ingress from a network a name is fine: it is looked up on the policy's own pods.",
            "Write the port's number.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            if (!text.isNetworkPolicy()) {
                // The reader says it of the kinds that may refuse it.
                continue;
            }
            List<Rule> rules =
                    text.policy().section(Direction.EGRESS).map(Section::rules).orElse(List.of());
            for (int r = 0; r < rules.size(); r++) {
                Rule rule = rules.get(r);
                if (rule.peers().stream().noneMatch(Peer.Network.class::isInstance)) {
                    continue;
                }
                for (int p = 0; p < rule.ports().size(); p++) {
                    if (rule.ports().get(p) instanceof PortMatch.Named named) {
                        findings.add(
                                text.at(text.port(Direction.EGRESS, r, p)),
                                "the port name " + named.name() + " matches nothing at the addresses of this rule");
                    }
                }
            }
        }
    }
}
