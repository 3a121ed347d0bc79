package io.sluice.manifests;

import java.util.Set;

/** Pods, as written by hand or as a cluster dumps them. */
final class PodDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of("v1 Pod");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        Cursor status = object.root().mapping("status").orElse(object.root().missing("status"));
        var ips = PodReader.ips(status);
        String phase = status.text("phase").orElse("");
        // A finished pod keeps its address in status for a while although another pod may have it already; a
        // terminating one is an endpoint until its address is gone.
        boolean finished = phase.equals("Succeeded")
                || phase.equals("Failed")
                || ips.isEmpty() && object.metadata().child("deletionTimestamp").isPresent();
        cluster.add(new ReadPod(
                object.namespace(),
                object.name(),
                PodReader.shape(object.metadata(), spec),
                ips,
                spec.text("nodeName").orElse(""),
                PodReader.owner(object.metadata()),
                finished,
                object.position()));
    }
}
