package io.sluice.analysis.lint.check;

import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;
import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.Exposure;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A Service for the world before pods that admit no address outside the cluster. */
final class ExposedServiceBlocked implements Check {
    private static final About ABOUT = new About(
            "exposed-service-blocked",
            Severity.INFO,
            "A Service is exposed outside the cluster, and the policies of its pods admit nobody from there.",
            "Through a LoadBalancer or NodePort, pods see the address of the client with externalTrafficPolicy: Local, and"
                    + " that of the node by which the connection came in with Cluster, the default. Policies whose"
                    + " ingress admits pods only let in neither, except by way of the pod's own node.",
            "Add an ipBlock of the clients or nodes to the ingress rules, or make the Service a ClusterIP.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (Service service : cluster.snapshot().services()) {
            if (!(service.exposure() instanceof Exposure.Open open)
                    || service.selector().isEmpty()) {
                continue;
            }
            List<PodGroup> groups = cluster.pods()
                    .of(cluster.pods()
                            .select(
                                    new NamespaceMatch.Named(service.namespace()),
                                    Selector.labels(service.selector())));
            List<Party> sources = sources(cluster.snapshot(), open);
            if (!groups.isEmpty()
                    && groups.stream()
                            .map(group -> group.pods().getFirst())
                            .allMatch(pod -> refuses(cluster, service, pod, sources))) {
                findings.add(
                        cluster.texts().of(service.position()).at("spec", "type"),
                        service.type() + " " + service.name() + " leads to " + PodGroup.workloads(groups)
                                + ", whose policies admit no address outside the cluster"
                                + (open.keepsSource() ? "" : " and no other node"));
            }
        }
    }

    /** Whom the pods may see as the source: clients; and nodes too, unless the client's address is kept. */
    private static List<Party> sources(Snapshot snapshot, Exposure.Open open) {
        List<Party> sources = new ArrayList<>();
        for (End end : Ends.external(List.of(snapshot))) {
            if (end.isSource()) {
                sources.addAll(end.parties());
            }
        }
        if (!open.admitted().isEmpty()) {
            sources.removeIf(party -> party.address()
                    .filter(ip -> open.admitted().stream().anyMatch(block -> block.contains(ip)))
                    .isEmpty());
            open.admitted().forEach(block -> sources.add(new Party.OfNetwork(block.base())));
        }
        if (!open.keepsSource()) {
            snapshot.nodes().forEach(node -> node.ips().forEach(ip -> sources.add(new Party.OfNode(node, ip))));
        }
        return sources;
    }

    private static boolean refuses(Cluster cluster, Service service, Pod pod, List<Party> sources) {
        for (Service.ServicePort port : service.ports()) {
            Optional<Integer> target = Directory.targetPort(service, port.protocol(), port.port(), pod);
            for (Party source : sources) {
                if (target.isPresent()
                        && cluster.reach().admits(pod, source, TrafficRange.key(port.protocol(), target.get()))) {
                    return false;
                }
            }
        }
        return !service.ports().isEmpty();
    }
}
