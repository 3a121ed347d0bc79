package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.DnsServers;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Requirement;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Set;

/** A rule for port 53 among the ingress rules of pods that are no DNS servers. */
final class DnsUnderIngress implements Check {
    private static final Set<String> DNS_NAMES = Set.of("kube-dns", "coredns", "dns", "node-local-dns");

    private static final About ABOUT = new About(
            "dns-under-ingress",
            Severity.WARNING,
            "A rule for DNS stands under ingress, of pods that serve no DNS.",
            "A pod that looks up a name opens the connection, so the rule belongs under egress. The answer needs no"
                    + " rule: replies are always allowed. Under ingress, port 53 lets DNS servers call the pod, which"
                    + " they never do, and its own questions stay blocked.",
            "Move the rule to egress, with to in place of from, and have Egress in policyTypes.");

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
                if (isMisplaced(cluster, text.policy(), rules.get(r))) {
                    findings.add(
                            text.at(text.rule(Direction.INGRESS, r)),
                            "this ingress rule for port 53 is on pods that serve no DNS; looking up names is egress");
                }
            }
        }
    }

    static boolean isMisplaced(Cluster cluster, Policy policy, Rule rule) {
        if (!Rules.isOnlyPort(rule, DnsServers.PORT) || selectsDnsByName(policy)) {
            return false;
        }
        List<PodGroup> selected = cluster.pods()
                .of(cluster.pods()
                        .select(policy.subject().namespaces(), policy.subject().pods()));
        return selected.stream()
                .noneMatch(group -> DnsServers.isDns(group.pods().getFirst())
                        || group.serves(Protocol.UDP, DnsServers.PORT, DnsServers.PORT)
                        || group.serves(Protocol.TCP, DnsServers.PORT, DnsServers.PORT));
    }

    private static boolean selectsDnsByName(Policy policy) {
        return policy.subject().namespaces() instanceof NamespaceMatch.Named(String name)
                        && (name.equals("kube-system") || name.equals("openshift-dns"))
                || Requirement.of(policy.subject().pods()).stream()
                        .anyMatch(r -> r.values().stream().anyMatch(DNS_NAMES::contains));
    }
}
