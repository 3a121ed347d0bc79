package io.sluice.lab;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small clusters, written by hand. */
final class Clusters {
    private Clusters() {}

    static Pod pod(String namespace, String name, ContainerPort... ports) {
        return new Pod(
                namespace,
                name,
                Map.of("app", name),
                List.of(),
                "",
                false,
                List.of(ports),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE);
    }

    static ContainerPort tcp(String name, int port) {
        return new ContainerPort(name, Protocol.TCP, port);
    }

    static ContainerPort udp(String name, int port) {
        return new ContainerPort(name, Protocol.UDP, port);
    }

    static Service service(String namespace, String name, String app, ServicePort... ports) {
        return new Service(
                namespace,
                name,
                "ClusterIP",
                Map.of("app", app),
                false,
                List.of(),
                List.of(ports),
                SourcePosition.NONE);
    }

    static Snapshot of(List<Pod> pods, List<Service> services) {
        return Snapshot.of(List.of(), pods, List.of(), services, List.of());
    }

    /** Pods with one TCP port each. */
    static Snapshot uniform(int pods) {
        List<Pod> all = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            all.add(pod("team-" + i % 10, "app-" + i, tcp("http", 8080)));
        }
        return of(all, List.of());
    }
}
