package io.sluice.manifests;

import io.sluice.manifests.CalicoReferences.CalicoSet;
import io.sluice.policy.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** projectcalico.org/v3 NetworkSet and GlobalNetworkSet: networks that the selectors of rules find by labels. */
final class CalicoSetDecoder implements ObjectDecoder {
    private final boolean global;

    CalicoSetDecoder(boolean global) {
        this.global = global;
    }

    @Override
    public Set<String> kinds() {
        return CalicoKinds.of(global ? "GlobalNetworkSet" : "NetworkSet");
    }

    @Override
    public boolean namespaced() {
        return !global;
    }

    @Override
    public Shape shape() {
        return CalicoShapes.SET;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Map<String, Cursor> written = object.metadata().texts("labels");
        if (written.containsKey(CalicoKeys.NAMESPACE)) {
            Cursor label = written.get(CalicoKeys.NAMESPACE);
            object.problems()
                    .error(
                            "invalid-value",
                            label.keyPlace(),
                            "metadata.labels: " + CalicoKeys.NAMESPACE + " is not a valid label name",
                            "Calico sets it itself");
        }
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        List<Cidr> nets = CalicoNets.ofSet(spec);
        cluster.note(new CalicoSet(object.namespace(), Labels.read(object.metadata(), "labels"), nets, List.of()));
    }
}
