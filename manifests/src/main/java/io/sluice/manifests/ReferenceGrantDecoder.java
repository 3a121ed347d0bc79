package io.sluice.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** ReferenceGrants: which routes of other namespaces may lead to the Services of this one. */
final class ReferenceGrantDecoder implements ObjectDecoder {
    private static final String GROUP = "gateway.networking.k8s.io";

    @Override
    public Set<String> kinds() {
        return GatewayDecoder.inEveryVersion("ReferenceGrant");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    /**
     * What one grant says of routes and Services.
     *
     * @param service empty for every Service of the namespace
     */
    record Grant(String fromKind, String fromNamespace, String namespace, String service) {}

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        List<String> services = new ArrayList<>();
        for (Cursor to : spec.list("to")) {
            if (to.text("group").orElse("").isEmpty()
                    && to.text("kind").orElse("").equals("Service")) {
                services.add(to.text("name").orElse(""));
            }
        }
        for (Cursor from : spec.list("from")) {
            if (from.text("group").orElse("").equals(GROUP)) {
                services.forEach(service -> cluster.note(new Grant(
                        from.text("kind").orElse(""), from.text("namespace").orElse(""), object.namespace(), service)));
            }
        }
    }
}
