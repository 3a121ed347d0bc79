package io.sluice.manifests;

import io.sluice.policy.model.Workload;
import java.util.Optional;

/**
 * An object with a pod template.
 *
 * @param pods how many pods it asks for; -1 for one on every node
 * @param owner the workload above it
 * @param template the pod that it makes
 */
record ReadWorkload(Workload workload, int pods, Optional<ReadPod.Owner> owner, ReadPod template) {
    static final int ONE_PER_NODE = -1;
}
