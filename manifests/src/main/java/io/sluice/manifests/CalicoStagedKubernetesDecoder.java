package io.sluice.manifests;

import java.util.Set;

/** projectcalico.org/v3 StagedKubernetesNetworkPolicy: the spec of a NetworkPolicy, checked and not enforced. */
final class CalicoStagedKubernetesDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return CalicoKinds.of("StagedKubernetesNetworkPolicy");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return CalicoShapes.STAGED_KUBERNETES_POLICY;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        if (!CalicoStaging.isDeletion(spec)) {
            spec.child("podSelector").ifPresent(Labels::selector);
            NetworkPolicyDecoder.sections(spec, object.namespace());
        }
        CalicoStaging.report(object);
    }
}
