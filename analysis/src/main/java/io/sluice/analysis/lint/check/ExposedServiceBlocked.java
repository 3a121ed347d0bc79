package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import java.util.List;

/** A Service for the world before pods that admit no address outside the cluster. */
final class ExposedServiceBlocked implements Check {
    private static final About ABOUT = new About(
            "exposed-service-blocked",
            Severity.INFO,
            "A Service is exposed outside the cluster, and the policies of its pods admit nobody from there.",
            "Connections through a LoadBalancer or NodePort come from outside addresses, or from a node's address where"
                    + " the node hides the source (externalTrafficPolicy: Cluster). Policies whose ingress admits pods"
                    + " only let in neither, except by way of the pod's own node.",
            "Add an ipBlock of the clients or nodes to the ingress rules, or make the Service a ClusterIP.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (Service service : cluster.snapshot().services()) {
            if (!service.type().equals("LoadBalancer") && !service.type().equals("NodePort")
                    || service.selector().isEmpty()) {
                continue;
            }
            List<PodGroup> groups = cluster.pods()
                    .of(cluster.pods()
                            .select(
                                    new NamespaceMatch.Named(service.namespace()),
                                    Selector.labels(service.selector())));
            if (!groups.isEmpty()
                    && groups.stream()
                            .allMatch(g -> admitsPodsOnly(cluster, g.pods().getFirst()))) {
                findings.add(
                        cluster.texts().of(service.position()).at("spec", "type"),
                        service.type() + " " + service.name() + " leads to " + PodGroup.workloads(groups)
                                + ", whose policies admit no address outside the cluster");
            }
        }
    }

    private static boolean admitsPodsOnly(Cluster cluster, Pod pod) {
        if (!cluster.reach().isolates(pod, Direction.INGRESS)) {
            return false;
        }
        for (Policy policy : cluster.reach().policies(pod)) {
            for (var rule :
                    policy.section(Direction.INGRESS).map(Section::rules).orElse(List.of())) {
                if (rule.peers().stream().anyMatch(peer -> !(peer instanceof Peer.Pods))) {
                    return false;
                }
            }
        }
        return true;
    }
}
