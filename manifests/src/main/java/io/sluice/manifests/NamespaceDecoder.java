package io.sluice.manifests;

import io.sluice.policy.model.Namespace;
import java.util.List;
import java.util.Set;

/** Namespaces: their labels. */
final class NamespaceDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of("v1 Namespace");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public List<String> wrongWithName(String name) {
        return NameRules.label(name);
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        cluster.add(new Namespace(object.name(), Labels.read(object.metadata(), "labels")));
    }
}
