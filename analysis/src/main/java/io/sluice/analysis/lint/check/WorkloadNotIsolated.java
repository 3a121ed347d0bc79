package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Workload;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A workload that no policy isolates, in a namespace where policies isolate others. */
final class WorkloadNotIsolated implements Check {
    private static final About ABOUT = new About(
            "workload-not-isolated",
            Severity.INFO,
            "No policy isolates a workload's ingress, while its namespace has policies for others.",
            "A pod that no policy selects for ingress accepts every connection. Whether that is meant cannot be seen;"
                    + " beside workloads that are isolated it usually is not.",
            "Add a default deny to the namespace, or a policy that selects the workload.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Set<String> withPolicies = new HashSet<>();
        for (PodGroup group : cluster.pods().groups()) {
            if (!cluster.reach().policies(group.pods().getFirst()).isEmpty()) {
                withPolicies.add(group.namespace());
            }
        }
        Set<Workload> seen = new HashSet<>();
        for (PodGroup group : cluster.pods().groups()) {
            if (!withPolicies.contains(group.namespace())) {
                continue;
            }
            for (Pod pod : group.pods()) {
                List<Policy> policies = cluster.reach().policies(pod);
                if (policies.stream()
                                .noneMatch(p -> p.section(Direction.INGRESS).isPresent())
                        && seen.add(pod.workload())) {
                    findings.add(
                            pod.position(),
                            "no policy isolates the ingress"
                                    + (policies.isEmpty() ? " or egress" : "") + " of "
                                    + pod.workload());
                }
            }
        }
    }
}
