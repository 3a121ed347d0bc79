package io.sluice.analysis.explain;

import io.sluice.analysis.directory.Directory;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.Endpoint;
import io.sluice.policy.model.Service.Exposure;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a Service makes of the ends of a connection. Its pods do not see a client outside of the cluster but the node by
 * which the connection came in, unless {@code externalTrafficPolicy} is {@code Local}: "packets sent to Services with
 * Type=NodePort are source NAT'd by default" (Kubernetes, Using Source IP).
 */
final class ServiceEnds {
    private final Snapshot snapshot;
    private final Directory directory;

    ServiceEnds(Directory directory) {
        this.directory = directory;
        this.snapshot = directory.snapshot();
    }

    /**
     * Whom the pods behind a Service see in place of an address.
     *
     * @return the address, or the nodes as parties
     */
    List<?> seenAs(Ip client, Service service, Set<String> notes) {
        if (!(directory.party(client) instanceof Party.OfNetwork)) {
            return List.of(client);
        }
        String name = "Service " + service.namespace() + "/" + service.name();
        return switch (service.exposure()) {
            case Exposure.Closed _ -> {
                notes.add(name
                        + " is not open to the outside; this speaks of a client that is routed to it all the same");
                yield List.of(client);
            }
            case Exposure.Open(boolean keepsSource, List<Cidr> admitted) -> {
                noteAdmitted(name, client, admitted, notes);
                yield keepsSource ? List.of(client) : nodes(name, client, notes);
            }
        };
    }

    private static void noteAdmitted(String name, Ip client, List<Cidr> admitted, Set<String> notes) {
        if (!admitted.isEmpty() && admitted.stream().noneMatch(block -> block.contains(client))) {
            notes.add("the load balancer of " + name + " admits "
                    + admitted.stream().map(Cidr::toString).collect(Collectors.joining(", ")) + " only, not " + client);
        }
    }

    private List<?> nodes(String name, Ip client, Set<String> notes) {
        List<Party> nodes = new ArrayList<>();
        for (Node node : snapshot.nodes()) {
            node.ips().stream()
                    .filter(ip -> ip.isV4() == client.isV4())
                    .findFirst()
                    .ifPresent(ip -> nodes.add(new Party.OfNode(node, ip)));
        }
        String seen = "the pods of " + name + " see the node by which a connection comes in, not " + client
                + " (externalTrafficPolicy: Cluster)";
        if (nodes.isEmpty()) {
            notes.add(seen + ", and these manifests have no node with an address: what is said here of " + client
                    + " holds only where the network keeps the client's address");
            return List.of(client);
        }
        notes.add(seen + ", so the nodes are judged");
        return nodes;
    }

    /** The addresses that a Service without selector leads to, by one of its ports. */
    static List<Ip> endpoints(Service service) {
        return service.endpoints().stream().map(Endpoint::ip).distinct().toList();
    }

    /** The port of such an address. */
    static Optional<Integer> targetPort(Service service, Protocol protocol, int port, Ip endpoint) {
        return service.ports().stream()
                .filter(p -> p.port() == port && p.protocol().equals(protocol))
                .findFirst()
                .flatMap(p -> service.endpoints().stream()
                        .filter(e -> e.ip().equals(endpoint)
                                && e.portName().equals(p.name())
                                && e.protocol().equals(protocol))
                        .map(e -> e.port() == 0 ? p.targetPort() : e.port())
                        .findFirst());
    }
}
