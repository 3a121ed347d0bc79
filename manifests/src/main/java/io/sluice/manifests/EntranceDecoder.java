package io.sluice.manifests;

import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Entrance.Backend;
import io.sluice.policy.model.Entrance.PortOf;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ingress (of every version that was ever served) and OpenShift's Route: which Services they lead to, nothing else. */
final class EntranceDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of(
                "networking.k8s.io/v1 Ingress",
                "networking.k8s.io/v1beta1 Ingress",
                "extensions/v1beta1 Ingress",
                "route.openshift.io/v1 Route");
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
            if (object.kind().equals("Route")) {
                route(spec.get(), object.namespace(), backends);
            } else {
                ingress(spec.get(), object.namespace(), backends);
            }
        }
        cluster.add(new Entrance(object.kind(), object.namespace(), object.name(), backends, object.position()));
    }

    private static void ingress(Cursor spec, String namespace, List<Backend> backends) {
        // "backend" is the name that v1beta1 had for it.
        spec.mapping("defaultBackend")
                .or(() -> spec.mapping("backend"))
                .ifPresent(backend -> ofIngress(backend, namespace, backends));
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
        backend.text("serviceName")
                .ifPresent(name -> backends.add(port(namespace, name, PortOf.SERVICE, backend.child("servicePort"))));
        backend.mapping("service").ifPresent(service -> {
            Optional<Cursor> port = service.mapping("port");
            backends.add(new Backend(
                    namespace,
                    service.text("name").orElse(""),
                    Protocol.TCP,
                    PortOf.SERVICE,
                    port.flatMap(p -> p.text("name")).orElse(""),
                    port.flatMap(p -> p.whole("number")).orElse(0)));
        });
    }

    private static void route(Cursor spec, String namespace, List<Backend> backends) {
        Optional<Cursor> target = spec.mapping("port").flatMap(port -> port.child("targetPort"));
        List<Cursor> services = new ArrayList<>(spec.list("alternateBackends"));
        spec.mapping("to").ifPresent(services::add);
        for (Cursor service : services) {
            backends.add(port(namespace, service.text("name").orElse(""), PortOf.TARGET, target));
        }
    }

    /** A port that is a number or a name. */
    private static Backend port(String namespace, String service, PortOf portOf, Optional<Cursor> port) {
        boolean isNumber = port.filter(p -> p.value() instanceof Value.Scalar s && s.type() != ScalarType.STRING)
                .isPresent();
        return new Backend(
                namespace,
                service,
                Protocol.TCP,
                portOf,
                isNumber ? "" : port.flatMap(Cursor::text).orElse(""),
                isNumber ? port.flatMap(Cursor::whole).orElse(0) : 0);
    }
}
