package io.sluice.lab.net;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Where a Service leads to. */
public final class Backends {
    /** One pod behind a port of a Service, for one address family. */
    public record Backend(Pod pod, Ip ip, int port) {}

    private Backends() {}

    /** The backends of a port that have an address of the family, in the order of the snapshot. */
    public static List<Backend> of(Service service, ServicePort port, boolean v4, Snapshot placed) {
        return placed.pods().stream()
                .filter(service::selects)
                .flatMap(pod -> backend(pod, port, v4).stream())
                .toList();
    }

    private static Optional<Backend> backend(Pod pod, ServicePort port, boolean v4) {
        OptionalInt target = target(pod, port);
        return target.isEmpty()
                ? Optional.empty()
                : pod.ips().stream()
                        .filter(ip -> ip.isV4() == v4)
                        .findFirst()
                        .map(ip -> new Backend(pod, ip, target.getAsInt()));
    }

    /** A name is looked up on each pod by itself; a pod that has no such port is no backend. */
    private static OptionalInt target(Pod pod, ServicePort port) {
        if (port.targetName().isEmpty()) {
            return OptionalInt.of(port.targetPort() == 0 ? port.port() : port.targetPort());
        }
        Stream<ContainerPort> named = pod.ports().stream()
                .filter(p -> p.name().equals(port.targetName()) && p.protocol().equals(port.protocol()));
        return named.mapToInt(ContainerPort::port).findFirst();
    }
}
