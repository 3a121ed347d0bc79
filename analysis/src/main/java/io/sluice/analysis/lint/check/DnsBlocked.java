package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;

/** Pods that may connect out but not ask for a name. */
final class DnsBlocked implements Check {
    private static final About ABOUT = new About(
            "dns-blocked",
            Severity.WARNING,
            "Egress isolation keeps pods from the cluster's DNS.",
            "A pod that is isolated for egress reaches only what a rule allows, and DNS is no exception. What is"
                    + " allowed by name then fails to resolve, often after a timeout of seconds.",
            "Allow egress to the pods with k8s-app: kube-dns in kube-system on UDP 53 and TCP 53.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        DnsView.of(cluster)
                .blocked()
                .forEach((policy, groups) -> findings.add(
                        cluster.text(policy).subject(),
                        "egress of " + PodGroup.workloads(groups)
                                + " is isolated and reaches no DNS server on UDP 53"));
    }
}
