package io.sluice.manifests;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The routes of the Gateway API: to which Services they lead, and of which Gateways. */
final class RouteDecoder implements ObjectDecoder {
    static final List<String> KINDS = List.of("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute");

    @Override
    public Set<String> kinds() {
        Set<String> kinds = new LinkedHashSet<>();
        KINDS.forEach(kind -> kinds.addAll(GatewayDecoder.inEveryVersion(kind)));
        return kinds;
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        List<ReadRoute.Parent> parents = new ArrayList<>();
        for (Cursor item : spec.list("parentRefs")) {
            parents.add(new ReadRoute.Parent(
                    item.text("kind").orElse("Gateway"),
                    item.text("namespace").orElse(object.namespace()),
                    item.text("name").orElse(""),
                    item.text("sectionName").orElse(""),
                    item.whole("port").orElse(0),
                    item));
        }
        List<ReadRoute.Target> targets = new ArrayList<>();
        for (Cursor rule : spec.list("rules")) {
            filters(rule, object, targets);
            for (Cursor item : rule.list("backendRefs")) {
                // "If weight is set to 0, no traffic should be forwarded for this entry."
                if (item.whole("weight").orElse(1) != 0) {
                    target(item, object, targets);
                }
                filters(item, object, targets);
            }
        }
        cluster.note(new ReadRoute(object, parents, targets));
    }

    /** Filters that open connections of their own: copies of requests, and questions to an authorization service. */
    private static void filters(Cursor parent, KubeObject object, List<ReadRoute.Target> into) {
        for (Cursor filter : parent.list("filters")) {
            for (String kind : List.of("requestMirror", "externalAuth")) {
                filter.mapping(kind)
                        .flatMap(found -> found.mapping("backendRef"))
                        .ifPresent(ref -> target(ref, object, into));
            }
        }
    }

    /** A backend may be of some other kind, which leads to no pod that is known here. */
    private static void target(Cursor ref, KubeObject object, List<ReadRoute.Target> into) {
        boolean isService = ref.text("kind").orElse("Service").equals("Service")
                && ref.text("group").orElse("").isEmpty();
        Optional<String> name = ref.text("name");
        if (isService && name.isPresent()) {
            into.add(new ReadRoute.Target(
                    ref.text("namespace").orElse(object.namespace()),
                    name.get(),
                    ref.whole("port").orElse(0),
                    ref));
        }
    }
}
