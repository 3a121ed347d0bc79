package io.sluice.manifests;

import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Entrance.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ingress, OpenShift's Route and Gateway API's HTTPRoute and GRPCRoute: which Services they lead to, and nothing else. */
final class EntranceDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of(
                "networking.k8s.io/v1 Ingress",
                "route.openshift.io/v1 Route",
                "gateway.networking.k8s.io/v1 HTTPRoute",
                "gateway.networking.k8s.io/v1 GRPCRoute");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Optional<Cursor> spec = object.root().mapping("spec");
        List<Backend> backends = new ArrayList<>();
        if (spec.isPresent()) {
            switch (object.kind()) {
                case "Ingress" -> ingress(spec.get(), object.namespace(), backends);
                case "Route" -> route(spec.get(), object.namespace(), backends);
                default -> gateway(spec.get(), object.namespace(), backends);
            }
        }
        cluster.add(new Entrance(object.kind(), object.namespace(), object.name(), backends, object.position()));
    }

    private static void ingress(Cursor spec, String namespace, List<Backend> backends) {
        spec.mapping("defaultBackend").ifPresent(backend -> ofIngress(backend, namespace, backends));
        for (Cursor rule : spec.list("rules")) {
            rule.mapping("http").ifPresent(http -> {
                for (Cursor path : http.list("paths")) {
                    path.mapping("backend").ifPresent(backend -> ofIngress(backend, namespace, backends));
                }
            });
        }
    }

    /** A backend may be a resource of some other kind, which leads to no pod that is known here. */
    private static void ofIngress(Cursor backend, String namespace, List<Backend> backends) {
        backend.mapping("service").ifPresent(service -> {
            Optional<Cursor> port = service.mapping("port");
            backends.add(new Backend(
                    namespace,
                    service.text("name").orElse(""),
                    port.flatMap(p -> p.text("name")).orElse(""),
                    port.flatMap(p -> p.whole("number")).orElse(0)));
        });
    }

    private static void route(Cursor spec, String namespace, List<Backend> backends) {
        Optional<Cursor> target = spec.mapping("port").flatMap(port -> port.child("targetPort"));
        boolean isNumber = target.filter(t -> t.value() instanceof Value.Scalar s && s.type() != ScalarType.STRING)
                .isPresent();
        String name = isNumber ? "" : target.flatMap(Cursor::text).orElse("");
        int number = isNumber ? target.flatMap(Cursor::whole).orElse(0) : 0;
        List<Cursor> services = new ArrayList<>(spec.list("alternateBackends"));
        spec.mapping("to").ifPresent(services::add);
        for (Cursor service : services) {
            backends.add(new Backend(namespace, service.text("name").orElse(""), name, number));
        }
    }

    private static void gateway(Cursor spec, String namespace, List<Backend> backends) {
        for (Cursor rule : spec.list("rules")) {
            for (Cursor backend : rule.list("backendRefs")) {
                if (backend.text("kind").orElse("Service").equals("Service")) {
                    backends.add(new Backend(
                            backend.text("namespace").orElse(namespace),
                            backend.text("name").orElse(""),
                            "",
                            backend.whole("port").orElse(0)));
                }
            }
        }
    }
}
