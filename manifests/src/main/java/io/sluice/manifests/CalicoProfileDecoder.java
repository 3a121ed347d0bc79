package io.sluice.manifests;

import io.sluice.manifests.CalicoReferences.CalicoProfile;
import io.sluice.policy.model.Direction;
import java.util.Set;

/**
 * projectcalico.org/v3 Profile, read and checked. Pods have only the profiles that Calico makes of their namespace and
 * service account, which allow everything, as Kubernetes does; a profile given as an object matters to the host
 * endpoints that name it, which take over its labels.
 */
final class CalicoProfileDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return CalicoKinds.of("Profile");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public Shape shape() {
        return CalicoShapes.PROFILE;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        for (Direction direction : Direction.values()) {
            new CalicoRuleReader(true).rules(spec, direction);
        }
        cluster.note(new CalicoProfile(object.name(), Labels.read(spec, "labelsToApply")));
    }
}
