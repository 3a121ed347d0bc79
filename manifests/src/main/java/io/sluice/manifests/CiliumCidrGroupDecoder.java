package io.sluice.manifests;

import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** cilium.io CiliumCIDRGroup. */
final class CiliumCidrGroupDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of("cilium.io/v2 CiliumCIDRGroup", "cilium.io/v2alpha1 CiliumCIDRGroup");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public Shape shape() {
        return CiliumShapes.CIDR_GROUP;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Optional<Cursor> spec = CrdRules.required(object.root(), "spec").filter(Cursor::expectMapping);
        List<Cidr> cidrs = new ArrayList<>();
        spec.flatMap(s -> CrdRules.required(s, "externalCIDRs")).ifPresent(list -> {
            for (Cursor item : list.items()) {
                CiliumCidrs.read(item).ifPresent(cidrs::add);
            }
        });
        cluster.note(new CiliumCidrGroup(object.name(), Labels.read(object.metadata(), "labels"), cidrs));
    }
}
