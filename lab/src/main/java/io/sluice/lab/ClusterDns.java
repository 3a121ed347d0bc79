package io.sluice.lab;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The cluster's DNS: pods labelled {@code k8s-app=kube-dns} in kube-system behind the Service kube-dns, as everywhere. */
public final class ClusterDns {
    static final Ip SERVICE_V4 = Ip.parse("10.96.0.10");
    static final Ip SERVICE_V6 = Ip.parse("fd00:10:96::a");

    private static final String NAMESPACE = "kube-system";
    private static final String NAME = "kube-dns";
    private static final Map<String, String> LABELS = Map.of("k8s-app", "kube-dns");
    private static final int PORT = 53;

    private ClusterDns() {}

    public static boolean isDnsPod(Pod pod) {
        return pod.namespace().equals(NAMESPACE) && pod.labels().entrySet().containsAll(LABELS.entrySet());
    }

    public static boolean isDnsService(Service service) {
        return service.namespace().equals(NAMESPACE) && service.name().equals(NAME);
    }

    /** The port that a DNS pod answers on, over UDP and TCP: of its port named dns, or 53. */
    public static int port(Pod pod) {
        return pod.ports().stream()
                .filter(p -> p.name().equals("dns") && p.protocol().equals(Protocol.UDP))
                .mapToInt(ContainerPort::port)
                .findFirst()
                .orElse(PORT);
    }

    /** The snapshot with a DNS pod and a DNS Service, each added where there is none. */
    static Snapshot added(Snapshot snapshot) {
        List<Pod> pods = new ArrayList<>(snapshot.pods());
        List<Service> services = new ArrayList<>(snapshot.services());
        if (pods.stream().noneMatch(ClusterDns::isDnsPod)) {
            pods.add(new Pod(
                    NAMESPACE,
                    freeName(snapshot),
                    LABELS,
                    List.of(),
                    "",
                    false,
                    List.of(
                            new ContainerPort("dns", Protocol.UDP, PORT),
                            new ContainerPort("dns-tcp", Protocol.TCP, PORT)),
                    new Workload("Deployment", NAMESPACE, NAME),
                    SourcePosition.NONE));
        }
        if (services.stream().noneMatch(ClusterDns::isDnsService)) {
            int target = pods.stream()
                    .filter(ClusterDns::isDnsPod)
                    .findFirst()
                    .map(ClusterDns::port)
                    .orElse(PORT);
            services.add(new Service(
                    NAMESPACE,
                    NAME,
                    "ClusterIP",
                    LABELS,
                    false,
                    List.of(),
                    List.of(
                            new ServicePort("dns", Protocol.UDP, PORT, "", target),
                            new ServicePort("dns-tcp", Protocol.TCP, PORT, "", target)),
                    SourcePosition.NONE));
        }
        return Snapshot.of(
                List.copyOf(snapshot.namespaces().values()), pods, snapshot.nodes(), services, snapshot.policies());
    }

    /** A pod of that name without the label is somebody else's. */
    private static String freeName(Snapshot snapshot) {
        String name = NAME;
        for (int i = 1; ; i++) {
            String candidate = NAMESPACE + "/" + name;
            if (snapshot.pods().stream().noneMatch(p -> p.fullName().equals(candidate))) {
                return name;
            }
            name = NAME + "-" + i;
        }
    }
}
