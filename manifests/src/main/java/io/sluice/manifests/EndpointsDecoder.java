package io.sluice.manifests;

import io.sluice.policy.model.Service.Endpoint;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * EndpointSlices and Endpoints: where a Service without a selector leads. Those of a Service with a selector only repeat
 * what its pods say.
 */
final class EndpointsDecoder implements ObjectDecoder {
    private static final Shape SHAPE = Shape.OBJECT
            .with("addressType", Shape.ANY)
            .with("endpoints", Shape.ANY)
            .with("ports", Shape.ANY)
            .with("subsets", Shape.ANY);

    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    @Override
    public Set<String> kinds() {
        return Set.of("discovery.k8s.io/v1 EndpointSlice", "discovery.k8s.io/v1beta1 EndpointSlice", "v1 Endpoints");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    /** @param port 0 where "all ports" are meant */
    private record Port(String name, Protocol protocol, int port) {}

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        if (object.kind().equals("Endpoints")) {
            List<Endpoint> endpoints = new ArrayList<>();
            for (Cursor subset : object.root().list("subsets")) {
                add(addresses(subset.list("addresses")), ports(subset), endpoints);
            }
            cluster.note(new ReadEndpoints(object.namespace(), object.name(), endpoints));
            return;
        }
        Optional<String> service =
                Optional.ofNullable(Labels.read(object.metadata(), "labels").get(SERVICE_LABEL));
        // A slice of names (addressType FQDN) has no addresses.
        if (service.isPresent() && !object.root().text("addressType").orElse("").equals("FQDN")) {
            cluster.note(new ReadEndpoints(object.namespace(), service.get(), ofSlice(object.root())));
        }
    }

    private static List<Endpoint> ofSlice(Cursor slice) {
        List<Endpoint> endpoints = new ArrayList<>();
        List<Port> ports = ports(slice);
        for (Cursor endpoint : slice.list("endpoints")) {
            // "A nil value should be interpreted as true."
            boolean ready = endpoint.mapping("conditions")
                    .flatMap(conditions -> conditions.flag("ready"))
                    .orElse(true);
            if (ready) {
                add(ips(endpoint.list("addresses")), ports, endpoints);
            }
        }
        return endpoints;
    }

    private static List<Ip> addresses(List<Cursor> items) {
        return ips(items.stream().flatMap(item -> item.child("ip").stream()).toList());
    }

    private static List<Ip> ips(List<Cursor> items) {
        return items.stream().map(PodReader::ip).flatMap(Optional::stream).toList();
    }

    private static List<Port> ports(Cursor parent) {
        List<Port> ports = new ArrayList<>();
        for (Cursor item : parent.list("ports")) {
            if (item.expectMapping()) {
                ports.add(new Port(
                        item.text("name").orElse(""),
                        PodReader.protocol(item),
                        item.whole("port").orElse(0)));
            }
        }
        return ports;
    }

    private static void add(List<Ip> ips, List<Port> ports, List<Endpoint> into) {
        for (Ip ip : ips) {
            for (Port port : ports) {
                into.add(new Endpoint(ip, port.name(), port.protocol(), port.port()));
            }
        }
    }
}
