package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Workload;
import java.util.HashSet;
import java.util.Set;

/** A workload that no policy can hold. */
final class HostNetworkPod implements Check {
    private static final About ABOUT = new About(
            "host-network-pod",
            Severity.INFO,
            "A workload runs on the host network, where policies do not apply.",
            "Its pods open and accept connections with the node's address. NetworkPolicies neither isolate them nor"
                    + " know them as peers. Node agents need it; most others do not.",
            "Remove hostNetwork: true unless the workload works on the node's own network.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Set<Workload> seen = new HashSet<>();
        for (PodGroup group : cluster.hostPods().groups()) {
            for (Pod pod : group.pods()) {
                if (seen.add(pod.workload())) {
                    findings.add(pod.position(), pod.workload() + " is on the host network: policies do not apply");
                }
            }
        }
    }
}
