package io.sluice.analysis.explain;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.Map;

/** How much a policy or rule is about, in numbers to compare edits with. */
final class Reach {
    /** What "everybody, in or out of the cluster" counts beyond the pods. */
    private static final long WORLD = 1_000_000;

    private static final long MANY_PORTS = 1_000;

    /** Labels that name an application by custom, the usual ones first. */
    private static final List<String> NAMING =
            List.of("app.kubernetes.io/name", "app", "k8s-app", "name", "app.kubernetes.io/instance", "component");

    private final Snapshot snapshot;

    Reach(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    long subjects(Policy policy) {
        return snapshot.pods().stream()
                .filter(pod -> !pod.hostNetwork())
                .filter(pod -> in(policy.subject().namespaces(), pod)
                        && policy.subject().pods().matches(pod.attributes()))
                .count();
    }

    long peers(List<Peer> peers) {
        return peers.stream().mapToLong(this::peers).sum();
    }

    private long peers(Peer peer) {
        return switch (peer) {
            case Peer.Everything() -> WORLD;
            case Peer.Pods(NamespaceMatch namespaces, Selector pods) ->
                snapshot.pods().stream()
                        .filter(pod -> !pod.hostNetwork() && in(namespaces, pod) && pods.matches(pod.attributes()))
                        .count();
            case Peer.Network network -> hosts(network.cidr());
            case Peer.Nodes _ -> Math.max(1, snapshot.nodes().size());
            case Peer.OwnNode _ -> 1;
            case Peer.World _, Peer.Not _ -> WORLD;
            case Peer.Domain _ -> 1;
            case Peer.All(List<Peer> parts) ->
                parts.stream().mapToLong(this::peers).min().orElse(WORLD);
            case Peer.Any(List<Peer> parts) -> peers(parts);
        };
    }

    private static long hosts(Cidr cidr) {
        int free = cidr.base().bits() - cidr.length();
        return free >= 20 ? WORLD : 1L << free;
    }

    static long ports(List<PortMatch> ports) {
        return ports.stream().mapToLong(Reach::ports).sum();
    }

    private static long ports(PortMatch port) {
        return switch (port) {
            case PortMatch.Named _ -> 1;
            case PortMatch.Range(TrafficRange range) -> Math.min(MANY_PORTS, (long) range.last() - range.first() + 1);
        };
    }

    private boolean in(NamespaceMatch match, Pod pod) {
        return match.matches(snapshot.namespaceOf(pod));
    }

    /**
     * Labels that select a pod and its like, and as few others of its namespace as can be: one that names the
     * application where that is enough, else all that do not tell replicas apart.
     */
    Map<String, String> labelsOf(Pod pod) {
        for (String key : NAMING) {
            String value = pod.labels().get(key);
            if (value != null
                    && snapshot.pods().stream()
                            .filter(p -> p.namespace().equals(pod.namespace()))
                            .filter(p -> value.equals(p.labels().get(key)))
                            .allMatch(p -> p.workload().equals(pod.workload()))) {
                return Map.of(key, value);
            }
        }
        Map<String, String> all = new java.util.TreeMap<>(pod.labels());
        all.keySet()
                .removeIf(key -> key.contains("hash")
                        || key.startsWith("statefulset.kubernetes.io/")
                        || key.startsWith("apps.kubernetes.io/")
                        || key.startsWith("batch.kubernetes.io/"));
        return all;
    }
}
