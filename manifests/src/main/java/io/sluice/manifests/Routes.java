package io.sluice.manifests;

import io.sluice.manifests.ReferenceGrantDecoder.Grant;
import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Entrance.Backend;
import io.sluice.policy.model.Entrance.PortOf;
import io.sluice.policy.model.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Routes of the Gateway API to entrances, once Gateways and grants are known: a route that no listener takes leads
 * nowhere, and neither does a reference into a namespace that has not granted it. Both are said, for nothing else shows
 * it but the status of the objects in a cluster.
 */
final class Routes {
    private final Map<String, ReadGateway> gateways = new HashMap<>();
    private final Set<Grant> grants;
    private final Map<String, Namespace> namespaces;

    Routes(List<ReadGateway> gateways, List<Grant> grants, Map<String, Namespace> namespaces) {
        gateways.forEach(gateway -> this.gateways.put(gateway.namespace() + "/" + gateway.name(), gateway));
        this.grants = new HashSet<>(grants);
        this.namespaces = namespaces;
    }

    Entrance entrance(ReadRoute route) {
        List<Backend> backends = new ArrayList<>();
        if (isAttached(route)) {
            for (ReadRoute.Target target : route.targets()) {
                if (isGranted(route, target)) {
                    backends.add(new Backend(
                            target.namespace(), target.service(), route.protocol(), PortOf.SERVICE, "", target.port()));
                }
            }
        }
        KubeObject object = route.object();
        return new Entrance(object.kind(), object.namespace(), object.name(), backends, object.position());
    }

    /**
     * Whether it is attached to some Gateway. One that was not read is taken to take it. A route whose parents are
     * Services is about connections inside of the mesh.
     */
    private boolean isAttached(ReadRoute route) {
        boolean attached = false;
        KubeObject object = route.object();
        Namespace own = namespaces.getOrDefault(object.namespace(), new Namespace(object.namespace(), Map.of()));
        for (ReadRoute.Parent parent : route.parents()) {
            ReadGateway gateway = gateways.get(parent.namespace() + "/" + parent.name());
            if (parent.kind().equals("Service")) {
                continue;
            }
            if (!parent.kind().equals("Gateway") || gateway == null || gateway.takes(route, parent, own)) {
                attached = true;
            } else {
                object.problems()
                        .warning(
                                "route-not-attached",
                                parent.at().place(),
                                parent.at().path() + ": no listener of Gateway " + parent.namespace() + "/"
                                        + parent.name() + " takes this " + object.kind()
                                        + ", so it leads nowhere from there",
                                "see allowedRoutes, name and port of its listeners");
            }
        }
        return attached;
    }

    private boolean isGranted(ReadRoute route, ReadRoute.Target target) {
        KubeObject object = route.object();
        if (target.namespace().equals(object.namespace())
                || grants.contains(new Grant(object.kind(), object.namespace(), target.namespace(), target.service()))
                || grants.contains(new Grant(object.kind(), object.namespace(), target.namespace(), ""))) {
            return true;
        }
        object.problems()
                .warning(
                        "reference-not-granted",
                        target.at().place(),
                        target.at().path() + ": this leads nowhere: no ReferenceGrant in " + target.namespace()
                                + " lets " + object.kind() + "s of " + object.namespace() + " refer to Service "
                                + target.service(),
                        "add one to " + target.namespace() + ", or to what is read");
        return false;
    }
}
