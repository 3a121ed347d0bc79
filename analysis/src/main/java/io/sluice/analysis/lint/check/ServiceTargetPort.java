package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import java.util.ArrayList;
import java.util.List;

/** A Service's target that none of its pods serves. */
final class ServiceTargetPort implements Check {
    private static final About ABOUT = new About(
            "service-target-port",
            Severity.WARNING,
            "A Service leads to a port that none of its pods serves.",
            "A targetPort by name is looked up on each pod, and one that no pod has leads nowhere. A number is reported"
                    + " only where every pod declares its ports and none declares this one.",
            "Write the containerPort or its name as targetPort.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (Service service : cluster.snapshot().services()) {
            if (service.selector().isEmpty() || service.type().equals("ExternalName")) {
                continue;
            }
            NamespaceMatch here = new NamespaceMatch.Named(service.namespace());
            Selector selector = Selector.labels(service.selector());
            List<PodGroup> groups =
                    new ArrayList<>(cluster.pods().of(cluster.pods().select(here, selector)));
            groups.addAll(cluster.hostPods().of(cluster.hostPods().select(here, selector)));
            for (int p = 0; p < service.ports().size() && !groups.isEmpty(); p++) {
                Service.ServicePort port = service.ports().get(p);
                if (!leadsSomewhere(port, groups)) {
                    findings.add(
                            cluster.texts().of(service.position()).at("spec", "ports", p),
                            "port " + port.port() + " leads to "
                                    + (port.targetName().isEmpty() ? port.targetPort() : port.targetName()) + "/"
                                    + port.protocol() + ", which none of " + PodGroup.workloads(groups) + " serves");
                }
            }
        }
    }

    private static boolean leadsSomewhere(Service.ServicePort port, List<PodGroup> groups) {
        if (port.targetName().isEmpty()) {
            return !groups.stream().allMatch(PodGroup::declaresPorts)
                    || groups.stream()
                            .anyMatch(group -> group.serves(port.protocol(), port.targetPort(), port.targetPort()));
        }
        for (PodGroup group : groups) {
            for (Pod pod : group.pods()) {
                if (pod.ports().stream()
                        .anyMatch(p -> p.name().equals(port.targetName())
                                && p.protocol().equals(port.protocol()))) {
                    return true;
                }
            }
        }
        return false;
    }
}
