package io.sluice.analysis.recommend;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cluster's DNS, which every namespace with a default deny needs, over UDP and over TCP. */
final class Dns {
    static final String NAMESPACE = "kube-system";
    static final Map<String, String> LABELS = Map.of("k8s-app", "kube-dns");
    static final int PORT = 53;
    static final List<Protocol> PROTOCOLS = List.of(Protocol.UDP, Protocol.TCP);
    static final Peer PEER = new Peer.Pods(
            new NamespaceMatch.Labelled(Selector.labels(Map.of(Namespace.NAME_LABEL, NAMESPACE))),
            Selector.labels(LABELS));
    static final List<PortMatch> PORTS =
            PROTOCOLS.stream().map(protocol -> PortMatch.port(protocol, PORT)).toList();

    private Dns() {}

    static boolean is(Pod pod) {
        return pod.namespace().equals(NAMESPACE) && pod.labels().entrySet().containsAll(LABELS.entrySet());
    }

    /** The snapshot with a DNS pod, which is added where there is none. */
    static Snapshot with(Snapshot snapshot) {
        if (snapshot.pods().stream().anyMatch(Dns::is)) {
            return snapshot;
        }
        List<Pod> pods = new ArrayList<>(snapshot.pods());
        pods.add(new Pod(
                NAMESPACE,
                "kube-dns",
                LABELS,
                List.of(),
                "",
                false,
                PROTOCOLS.stream()
                        .map(protocol -> new ContainerPort("", protocol, PORT))
                        .toList(),
                new Workload("Deployment", NAMESPACE, "kube-dns"),
                SourcePosition.NONE));
        return Snapshot.of(
                List.<Namespace>copyOf(snapshot.namespaces().values()),
                pods,
                snapshot.nodes(),
                snapshot.services(),
                snapshot.policies());
    }

    /** Everything that the pods of a namespace may ask of it. */
    static List<Talk> talks(Snapshot snapshot, String namespace) {
        List<Talk> talks = new ArrayList<>();
        List<Workload> servers = snapshot.pods().stream()
                .filter(pod -> is(pod) && !pod.hostNetwork())
                .map(Pod::workload)
                .distinct()
                .toList();
        snapshot.pods().stream()
                .filter(pod -> pod.namespace().equals(namespace) && !pod.hostNetwork())
                .map(Pod::workload)
                .distinct()
                .forEach(workload -> servers.forEach(server -> PROTOCOLS.forEach(protocol ->
                        talks.add(new Talk(new Talker.Member(workload), new Talker.Member(server), protocol, PORT)))));
        return talks;
    }
}
