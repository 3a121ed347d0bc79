package io.sluice.manifests;

import io.sluice.manifests.ReadPod.Owner;
import io.sluice.manifests.ReadPod.PodShape;
import io.sluice.policy.model.Workload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What goes from a running cluster when files are applied to it. An object of the files takes the place of its namesake;
 * where that changes the pods that a workload makes, the parts and pods it has made so far go too, and the new template
 * is expanded. Where it does not, they stay: they are the better account of what runs.
 */
final class Beneath {
    private final ClusterBuilder applied;
    private final Map<Workload, PodShape> above = new HashMap<>();
    private final Set<Workload> changed = new HashSet<>();

    /** @param applied what the files hold */
    Beneath(ClusterBuilder applied) {
        this.applied = applied;
        applied.workloads().forEach(w -> above.put(w.workload(), w.template().shape()));
    }

    /** Learns of a namesake of an object in the files. Owners come before what they own. */
    void replaced(KubeObject object, ObjectDecoder decoder) {
        if (decoder instanceof NamespaceDecoder) {
            // kubectl apply leaves the labels alone that the file does not speak of.
            alone(object, decoder).namespaces().forEach(applied::completeLabels);
        } else if (decoder instanceof WorkloadDecoder) {
            for (ReadWorkload running : alone(object, decoder).workloads()) {
                PodShape applied = above.get(running.workload());
                if (applied != null && !applied.equals(running.template().shape())) {
                    changed.add(running.workload());
                }
            }
        }
    }

    private boolean isChanged(KubeObject owned, Owner owner) {
        return changed.contains(new Workload(owner.kind(), owned.namespace(), owner.name()));
    }

    private static ClusterBuilder alone(KubeObject object, ObjectDecoder decoder) {
        ClusterBuilder alone = new ClusterBuilder();
        decoder.decode(object, alone);
        return alone;
    }

    /** Whether the object was made by a workload that the files change. */
    boolean isGone(KubeObject object) {
        boolean gone = PodReader.owner(object.metadata())
                .filter(owner -> isChanged(object, owner)
                        || isChanged(object, PodAssembly.deploymentOf(Labels.read(object.metadata(), "labels"), owner)))
                .isPresent();
        if (gone) {
            changed.add(new Workload(object.kind(), object.namespace(), object.name()));
        }
        return gone;
    }
}
