package io.sluice.manifests;

import java.util.Set;

/** Service accounts: their labels, which policies of some dialects select pods by. */
final class ServiceAccountDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of("v1 ServiceAccount");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return Shape.OBJECT
                .with("secrets", Shape.ANY)
                .with("imagePullSecrets", Shape.ANY)
                .with("automountServiceAccountToken", Shape.ANY);
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        cluster.addAccount(object.namespace(), object.name(), Labels.read(object.metadata(), "labels"));
    }
}
