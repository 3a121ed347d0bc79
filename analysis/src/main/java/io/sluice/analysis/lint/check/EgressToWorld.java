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

/** Egress to all addresses, the cluster's own among them. */
final class EgressToWorld implements Check {
    private static final About ABOUT = new About(
            "egress-to-world",
            Severity.WARNING,
            "An egress rule opens every address, private ones included.",
            "0.0.0.0/0 and ::/0 are not the internet alone: they hold the addresses of pods and nodes and the metadata"
                    + " service of the cloud at 169.254.169.254. Such a rule lets a pod that was taken over look around"
                    + " inside, and send what it finds outside.",
            "Name the networks that are needed, or leave out the private ones with except: 10.0.0.0/8, 172.16.0.0/12,"
                    + " 192.168.0.0/16, 169.254.0.0/16, and fc00::/7 for IPv6.");

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
                inspect(text, rules.get(r), r, findings);
            }
        }
    }

    private static void inspect(PolicyText text, Rule rule, int number, Findings findings) {
        if (rule.action() != Action.ALLOW || Rules.isOnlyPort(rule, DnsServers.PORT)) {
            return;
        }
        for (int p = 0; p < rule.peers().size(); p++) {
            if (rule.peers().get(p) instanceof Peer.Network network
                    && Rules.isWorld(network)
                    && Rules.holdsPrivate(network)) {
                findings.add(
                        text.at(text.peer(Direction.EGRESS, number, p)),
                        "egress to " + network.cidr() + (Rules.isAnyTraffic(rule) ? " on every port" : "")
                                + " is open to the world and to every private address");
                return;
            }
        }
    }
}
