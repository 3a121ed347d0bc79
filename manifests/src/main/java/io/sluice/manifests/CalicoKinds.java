package io.sluice.manifests;

import java.util.Set;

/** The apiVersions of Calico's kinds: that of its API, and that of the resources it keeps them in. */
final class CalicoKinds {
    private CalicoKinds() {}

    static Set<String> of(String kind) {
        return Set.of("projectcalico.org/v3 " + kind, "crd.projectcalico.org/v1 " + kind);
    }
}
