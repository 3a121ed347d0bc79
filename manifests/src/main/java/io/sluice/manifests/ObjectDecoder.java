package io.sluice.manifests;

import java.util.List;
import java.util.Set;

/** Reads the objects of some kinds into a cluster. One class a dialect or family of kinds; {@link Decoders} lists them. */
interface ObjectDecoder {
    /** The kinds, each after the apiVersion it must be of: {@code networking.k8s.io/v1 NetworkPolicy}, {@code v1 Pod}. */
    Set<String> kinds();

    /** Whether objects of these kinds lie in a namespace. */
    boolean namespaced();

    /** The fields that are known; unknown ones are errors. */
    default Shape shape() {
        return Shape.OBJECT;
    }

    /** What is wrong with a name of these kinds; nothing if it is good. */
    default List<String> wrongWithName(String name) {
        return NameRules.subdomain(name);
    }

    /** Adds the object, or says what is wrong with it. */
    void decode(KubeObject object, ClusterBuilder cluster);
}
