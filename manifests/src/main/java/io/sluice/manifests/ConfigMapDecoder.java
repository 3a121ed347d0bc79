package io.sluice.manifests;

import java.util.Set;

/**
 * ConfigMaps: no part of the model, but their text says which Services a workload is configured to call, and one of them
 * is the configuration of the mesh.
 */
final class ConfigMapDecoder implements ObjectDecoder {
    private static final Shape SHAPE =
            Shape.OBJECT.with("data", Shape.ANY).with("binaryData", Shape.ANY).with("immutable", Shape.ANY);

    @Override
    public Set<String> kinds() {
        return Set.of("v1 ConfigMap");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        // Its text has been kept (ClusterBuilder.isNew).
        IstioMesh.readConfig(object, cluster);
    }
}
