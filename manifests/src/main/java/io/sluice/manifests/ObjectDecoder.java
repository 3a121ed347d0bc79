package io.sluice.manifests;

import java.util.Set;

/** Reads the objects of some kinds into a cluster. One class a dialect or family of kinds; {@link Decoders} lists them. */
interface ObjectDecoder {
    /** The kinds, each with the group it must be of: {@code networking.k8s.io/NetworkPolicy}, {@code /Pod}. */
    Set<String> kinds();

    /** Whether objects of these kinds lie in a namespace. */
    boolean namespaced();

    /** Adds the object, or says what is wrong with it. */
    void decode(KubeObject object, ClusterBuilder cluster);
}
