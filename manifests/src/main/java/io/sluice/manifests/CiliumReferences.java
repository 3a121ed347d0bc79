package io.sluice.manifests;

import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Service;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What Cilium's policies refer to, found by name; to be made when everything is read. */
final class CiliumReferences {
    private final List<Service> services;
    private final List<CiliumCidrGroup> groups;
    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private final Map<String, Set<Ip>> endpoints = new HashMap<>();
    private final Optional<Peer> apiServer;

    CiliumReferences(ClusterBuilder cluster) {
        services = cluster.services();
        groups = cluster.noted(CiliumCidrGroup.class);
        cluster.noted(ServiceLabels.class).forEach(l -> labels.put(key(l.namespace(), l.name()), l.labels()));
        for (ReadEndpoints read : cluster.noted(ReadEndpoints.class)) {
            Set<Ip> known = endpoints.computeIfAbsent(read.serviceName(), _ -> new LinkedHashSet<>());
            read.endpoints().forEach(e -> known.add(e.ip()));
        }
        List<Peer> networks = endpoints("default", "kubernetes").stream()
                .<Peer>map(ip -> new Peer.Network(Cidr.of(ip), List.of()))
                .toList();
        apiServer = networks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Peer.All(List.of(
                        new Peer.Any(List.of(CiliumReserved.NODES, CiliumReserved.WORLD)), new Peer.Any(networks))));
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    List<Service> services() {
        return services;
    }

    List<CiliumCidrGroup> groups() {
        return groups;
    }

    Map<String, String> labels(Service service) {
        return labels.getOrDefault(key(service.namespace(), service.name()), Map.of());
    }

    /** The addresses behind a Service that the input gives as its endpoints. */
    Set<Ip> endpoints(String namespace, String service) {
        return endpoints.getOrDefault(key(namespace, service), Set.of());
    }

    /** The nodes and outside addresses that the endpoints of default/kubernetes name; empty where there are none. */
    Optional<Peer> apiServer() {
        return apiServer;
    }
}
