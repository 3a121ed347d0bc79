package io.sluice.manifests;

import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy, the forerunner of ClusterNetworkPolicy in its Admin tier. */
final class AdminNetworkPolicyDecoder implements ObjectDecoder {
    private static final int MOST = 100;
    private static final int MOST_NETWORKS = 25;
    private static final int LAST_PRIORITY = 1000;
    private static final TierRules RULES = new TierRules(
            "Allow", List.of("Allow", "Deny", "Pass"), MOST, TierPorts.PORTS, new TierPeers(MOST_NETWORKS, true, true));

    @Override
    public Set<String> kinds() {
        return Set.of("policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public Shape shape() {
        return TierShapes.ADMIN_NETWORK_POLICY;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Optional<Cursor> spec = CrdRules.required(object.root(), "spec").filter(Cursor::expectMapping);
        if (spec.isEmpty()) {
            return;
        }
        Optional<Integer> priority =
                CrdRules.required(spec.get(), "priority").flatMap(f -> CrdRules.between(f, 0, LAST_PRIORITY));
        cluster.add(new Policy(
                new PolicyId("AdminNetworkPolicy", "", object.name()),
                object.position(),
                Tier.ADMIN,
                priority.orElse(0),
                Combining.FIRST_MATCH,
                RULES.subject(spec.get()),
                RULES.sections(spec.get())));
    }
}
