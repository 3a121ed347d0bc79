package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Workload;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pods of one workload that different policies select. */
final class LabelsApart implements Check {
    private static final About ABOUT = new About(
            "labels-apart",
            Severity.WARNING,
            "Pods of one workload carry different labels, and different policies select them.",
            "It happens when a label is changed on a running pod, or in the middle of a rollout. Some replicas then"
                    + " are isolated and some are not, and a connection works or fails by chance.",
            "Put the label in the pod template and restart the workload.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Map<Workload, Pod> first = new LinkedHashMap<>();
        Set<Workload> reported = new HashSet<>();
        for (PodGroup group : cluster.pods().groups()) {
            for (Pod pod : group.pods()) {
                Pod other = first.putIfAbsent(pod.workload(), pod);
                if (other != null
                        && !other.labels().equals(pod.labels())
                        && !ids(cluster, other).equals(ids(cluster, pod))
                        && reported.add(pod.workload())) {
                    findings.add(
                            pod.position(),
                            pod.name() + " and " + other.name() + " belong to " + pod.workload()
                                    + ", but different policies select them");
                }
            }
        }
    }

    private static List<PolicyId> ids(Cluster cluster, Pod pod) {
        return cluster.reach().policies(pod).stream().map(Policy::id).toList();
    }
}
