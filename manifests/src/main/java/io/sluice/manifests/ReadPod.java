package io.sluice.manifests;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pod as it was read, before it is known what it belongs to.
 *
 * @param finished whether it has ended: then it holds no address any more, but still shows that its owner was expanded
 */
record ReadPod(
        String namespace,
        String name,
        PodShape shape,
        List<Ip> ips,
        String node,
        Optional<Owner> owner,
        boolean finished,
        SourcePosition position) {
    /**
     * What a pod and a pod template have in common.
     *
     * @param account the name of the service account
     */
    record PodShape(Map<String, String> labels, boolean hostNetwork, List<ContainerPort> ports, String account) {}

    /** An owner reference: the controlling one, in the pod's namespace. */
    record Owner(String kind, String name) {}
}
