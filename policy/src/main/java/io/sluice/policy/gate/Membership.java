package io.sluice.policy.gate;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import java.util.Map;

/**
 * How a pod takes part in the mesh, by the labels that Istio's injection and ambient mode go by. A pod that nothing keeps
 * out is taken to be in the mesh with a proxy of its own: where there are policies, the pods they select are meant to
 * enforce them, and revision labels and the defaults of an installation are rarely among manifests.
 */
enum Membership {
    /** No proxy, no identity. */
    NONE,
    /** A proxy beside it, which reads HTTP. */
    SIDECAR,
    /** The node's proxy, which reads no HTTP. */
    AMBIENT;

    static Membership of(Snapshot snapshot, Pod pod) {
        if (pod.hostNetwork()) {
            return NONE;
        }
        Map<String, String> namespace = snapshot.namespaceOf(pod).labels();
        String whole = namespace.getOrDefault("istio-injection", "");
        String own = pod.labels().getOrDefault("sidecar.istio.io/inject", "");
        boolean injected = whole.equals("enabled") ? !own.equals("false") : whole.isEmpty() && own.equals("true");
        if (injected) {
            return SIDECAR;
        }
        String mode = pod.labels()
                .getOrDefault("istio.io/dataplane-mode", namespace.getOrDefault("istio.io/dataplane-mode", ""));
        if (mode.equals("ambient")) {
            return AMBIENT;
        }
        return own.equals("false") || mode.equals("none") || whole.equals("disabled") ? NONE : SIDECAR;
    }
}
