package io.sluice.manifests;

import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** policy.networking.k8s.io ClusterNetworkPolicy. */
final class ClusterNetworkPolicyDecoder implements ObjectDecoder {
    private static final String BETA = "policy.networking.k8s.io/v1beta1";
    private static final int MOST = 25;
    private static final int LAST_PRIORITY = 1000;
    private static final List<String> ACTIONS = List.of("Accept", "Deny", "Pass");

    @Override
    public Set<String> kinds() {
        return Set.of("policy.networking.k8s.io/v1alpha2 ClusterNetworkPolicy", BETA + " ClusterNetworkPolicy");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public Shape shape() {
        return TierShapes.CLUSTER_NETWORK_POLICY;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Optional<Cursor> found = CrdRules.required(object.root(), "spec").filter(Cursor::expectMapping);
        if (found.isEmpty()) {
            return;
        }
        Cursor spec = found.get();
        boolean hostBitsAllowed = !object.apiVersion().equals(BETA);
        TierRules rules =
                new TierRules("Accept", ACTIONS, MOST, TierPorts.PROTOCOLS, new TierPeers(MOST, true, hostBitsAllowed));
        Optional<String> tier =
                CrdRules.required(spec, "tier").flatMap(f -> CrdRules.oneOf(f, List.of("Admin", "Baseline")));
        Optional<Integer> priority =
                CrdRules.required(spec, "priority").flatMap(f -> CrdRules.between(f, 0, LAST_PRIORITY));
        cluster.add(new Policy(
                new PolicyId("ClusterNetworkPolicy", "", object.name()),
                object.position(),
                tier.filter("Baseline"::equals).isPresent() ? Tier.BASELINE : Tier.ADMIN,
                priority.orElse(0),
                Combining.FIRST_MATCH,
                rules.subject(spec),
                rules.sections(spec)));
    }
}
