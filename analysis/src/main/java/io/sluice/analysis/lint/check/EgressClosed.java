package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;

/** Pods that may not connect to anything, by policies of their own. */
final class EgressClosed implements Check {
    private static final About ABOUT = new About(
            "egress-closed",
            Severity.INFO,
            "Policies made for a workload close its egress altogether, DNS included.",
            "That is right for a store that only answers. Where a policy lists Egress in policyTypes and the egress"
                    + " rules were forgotten, it is an outage.",
            "If the workload connects to something, add egress rules for it and for DNS.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        DnsView.of(cluster)
                .closed()
                .forEach((policy, groups) -> findings.add(
                        cluster.text(policy).subject(),
                        PodGroup.workloads(groups) + " may open no connection, not even to DNS"));
    }
}
