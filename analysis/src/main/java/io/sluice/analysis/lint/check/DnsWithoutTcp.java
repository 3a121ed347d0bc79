package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.DnsServers;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;

/** Pods that may ask for names over UDP and not over TCP. */
final class DnsWithoutTcp implements Check {
    private static final int UDP_53 = TrafficRange.key(Protocol.UDP, DnsServers.PORT);

    private static final About ABOUT = new About(
            "dns-without-tcp",
            Severity.WARNING,
            "DNS is allowed over UDP 53 but not over TCP 53.",
            "An answer that does not fit a datagram comes with the truncated bit, and the resolver asks again over TCP"
                    + " (RFC 7766). Without TCP 53 names with many addresses fail, and only those.",
            "Add protocol: TCP, port: 53 beside it.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        DnsView.of(cluster)
                .withoutTcp()
                .forEach((policy, groups) -> findings.add(
                        place(cluster.text(policy)),
                        PodGroup.workloads(groups) + " may ask DNS over UDP 53, but not over TCP 53"));
    }

    private static SourcePosition place(PolicyText text) {
        int rule = udpItem(text.policy());
        if (rule < 0) {
            return text.subject();
        }
        List<PortMatch> ports = text.policy()
                .section(Direction.EGRESS)
                .orElseThrow()
                .rules()
                .get(rule)
                .ports();
        for (int p = 0; p < ports.size(); p++) {
            if (Rules.names(ports.get(p), UDP_53)) {
                return text.at(text.port(Direction.EGRESS, rule, p));
            }
        }
        return text.subject();
    }

    /** The egress rule that names UDP 53; -1 where there is none. */
    static int udpItem(Policy policy) {
        List<Rule> rules = policy.section(Direction.EGRESS).map(s -> s.rules()).orElse(List.of());
        for (int r = 0; r < rules.size(); r++) {
            if (rules.get(r).ports().stream().anyMatch(port -> Rules.names(port, UDP_53))) {
                return r;
            }
        }
        return -1;
    }
}
