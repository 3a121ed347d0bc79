package io.sluice.manifests;

import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Endpoints and EndpointSlices: the addresses behind Services that select no pods, the API server's among them. What
 * selects pods needs none of them.
 */
final class EndpointsDecoder implements ObjectDecoder {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    @Override
    public Set<String> kinds() {
        return Set.of("v1 Endpoints", "discovery.k8s.io/v1 EndpointSlice");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return Shape.OBJECT
                .with("subsets", Shape.ANY)
                .with("addressType", Shape.ANY)
                .with("endpoints", Shape.ANY)
                .with("ports", Shape.ANY);
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        boolean slice = object.kind().equals("EndpointSlice");
        String service = slice
                ? Labels.read(object.metadata(), "labels").getOrDefault(SERVICE_LABEL, "")
                : object.name();
        boolean names = object.root().text("addressType").filter("FQDN"::equals).isPresent();
        if (!service.isEmpty() && !names) {
            List<Ip> addresses = new ArrayList<>();
            if (slice) {
                for (Cursor endpoint : object.root().list("endpoints")) {
                    endpoint.list("addresses").stream()
                            .map(PodReader::ip)
                            .flatMap(Optional::stream)
                            .forEach(addresses::add);
                }
            } else {
                for (Cursor subset : object.root().list("subsets")) {
                    for (Cursor address : subset.list("addresses")) {
                        address.child("ip").flatMap(PodReader::ip).ifPresent(addresses::add);
                    }
                }
            }
            cluster.note(new ServiceEndpoints(object.namespace(), service, addresses));
        }
    }
}
