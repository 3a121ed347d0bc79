package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.DnsServers;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.analysis.lint.check.Destinations.Served;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.Optional;

/**
 * Peers in one rule and ports in the next, where one rule was meant. Not for the two that are often meant as they stand:
 * everything within the own namespace, and DNS to anyone; nor for ports that the destinations do not serve.
 */
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
        Destinations destinations = new Destinations(cluster);
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                List<Rule> rules = section.rules();
                for (int r = 0; r + 1 < rules.size(); r++) {
                    if (isPeersAlone(text.policy(), rules.get(r))
                            && isPortsAlone(rules.get(r + 1))
                            && belongTogether(destinations, text.policy(), section, r)) {
                        findings.add(
                                text.at(text.rule(section.direction(), r + 1)),
                                "this rule opens its ports to everyone, and the rule before opens every port to its"
                                        + " peers: two rules where one was probably meant");
                    }
                }
            }
        }
    }

    private static boolean isPeersAlone(Policy policy, Rule rule) {
        return rule.action() == Action.ALLOW
                && !Rules.isAnyPeer(rule)
                && Rules.isAnyTraffic(rule)
                && !rule.peers().contains(new Peer.Pods(policy.subject().namespaces(), Selector.ALL));
    }

    private static boolean isPortsAlone(Rule rule) {
        return rule.action() == Action.ALLOW
                && Rules.isAnyPeer(rule)
                && !Rules.isAnyTraffic(rule)
                && !Rules.isOnlyPort(rule, DnsServers.PORT);
    }

    /** Whether the ports of the second rule may be those of the destinations of the first. */
    private static boolean belongTogether(Destinations destinations, Policy policy, Section section, int first) {
        Rule peers = section.rules().get(first);
        Rule ports = section.rules().get(first + 1);
        Optional<Served> served = destinations.of(policy, section.direction(), peers);
        return served.isEmpty()
                || !served.get().complete()
                || ports.ports().stream().anyMatch(port -> switch (port) {
                    case PortMatch.Range(TrafficRange range) -> served.get().serves(range);
                    case PortMatch.Named named -> served.get().has(named);
                });
    }
}
