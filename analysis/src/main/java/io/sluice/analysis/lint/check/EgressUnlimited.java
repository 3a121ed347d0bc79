package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.DnsServers;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.List;

/** Egress to anyone, said in so many words. */
final class EgressUnlimited implements Check {
    private static final About ABOUT = new About(
            "egress-unlimited",
            Severity.INFO,
            "An egress rule names no destination, or the whole internet on every port.",
            "A rule without to allows every destination, in and out of the cluster; egress: [{}] is no restriction at"
                    + " all. It may be a step on the way: it keeps a default deny from breaking what nobody has listed"
                    + " yet.",
            "List the destinations: sluice generate writes them down from recorded traffic.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            List<Rule> rules =
                    text.policy().section(Direction.EGRESS).map(Section::rules).orElse(List.of());
            for (int r = 0; r < rules.size(); r++) {
                Rule rule = rules.get(r);
                if (rule.action() == Action.ALLOW && !Rules.isOnlyPort(rule, DnsServers.PORT) && isUnlimited(rule)) {
                    findings.add(
                            text.at(text.rule(Direction.EGRESS, r)),
                            "egress is open to the world: the rule allows every destination"
                                    + (Rules.isAnyTraffic(rule) ? " on every port" : ""));
                }
            }
        }
    }

    private static boolean isUnlimited(Rule rule) {
        return Rules.isAnyPeer(rule)
                || Rules.isAnyTraffic(rule)
                        && rule.peers().stream()
                                .anyMatch(peer -> peer instanceof Peer.Network network
                                        && Rules.isWorld(network)
                                        && !Rules.holdsPrivate(network));
    }
}
