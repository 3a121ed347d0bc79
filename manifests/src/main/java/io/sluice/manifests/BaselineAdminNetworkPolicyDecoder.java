package io.sluice.manifests;

import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** policy.networking.k8s.io/v1alpha1 BaselineAdminNetworkPolicy: one a cluster, named default, without Pass. */
final class BaselineAdminNetworkPolicyDecoder implements ObjectDecoder {
    private static final int MOST = 100;
    private static final int MOST_NETWORKS = 25;
    private static final TierRules RULES = new TierRules(
            "Allow", List.of("Allow", "Deny"), MOST, TierPorts.PORTS, new TierPeers(MOST_NETWORKS, false, true));

    @Override
    public Set<String> kinds() {
        return Set.of("policy.networking.k8s.io/v1alpha1 BaselineAdminNetworkPolicy");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public Shape shape() {
        return TierShapes.BASELINE_ADMIN_NETWORK_POLICY;
    }

    @Override
    public List<String> wrongWithName(String name) {
        return name.equals("default")
                ? List.of()
                : List.of("Only one baseline admin network policy with metadata.name=\"default\" can be created in the"
                        + " cluster");
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Optional<Cursor> spec = CrdRules.required(object.root(), "spec").filter(Cursor::expectMapping);
        if (spec.isEmpty()) {
            return;
        }
        cluster.add(new Policy(
                new PolicyId("BaselineAdminNetworkPolicy", "", object.name()),
                object.position(),
                Tier.BASELINE,
                0,
                Combining.FIRST_MATCH,
                RULES.subject(spec.get()),
                RULES.sections(spec.get())));
    }
}
