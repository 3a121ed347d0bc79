package io.sluice.manifests;

import io.sluice.manifests.CalicoReferences.CalicoTier;
import io.sluice.policy.model.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * projectcalico.org/v3 Tier. Three tiers are always there and keep their order and default action: kube-admin, default
 * and kube-baseline, in which Calico puts the policies of Kubernetes too; so they are the model's own.
 */
final class CalicoTierDecoder implements ObjectDecoder {
    static final List<CalicoTier> BUILT_IN = List.of(
            new CalicoTier("kube-admin", Tier.ADMIN, false),
            new CalicoTier("default", Tier.NETWORK_POLICY, true),
            new CalicoTier("kube-baseline", Tier.BASELINE, false));

    private static final List<String> ACTIONS = List.of("Pass", "Deny");

    @Override
    public Set<String> kinds() {
        return CalicoKinds.of("Tier");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public Shape shape() {
        return CalicoShapes.TIER;
    }

    /** "Tiers must have simple names with no dots, since they appear as sub-components of other names." */
    @Override
    public List<String> wrongWithName(String name) {
        return NameRules.label(name);
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        double order = CalicoNumbers.order(spec);
        Optional<String> action = spec.child("defaultAction").flatMap(f -> CrdRules.oneOf(f, ACTIONS));
        boolean denies = !action.orElse("Deny").equals("Pass");
        Optional<CalicoTier> builtIn = BUILT_IN.stream()
                .filter(tier -> tier.name().equals(object.name()))
                .findFirst();
        if (builtIn.isPresent()) {
            builtIn(spec, builtIn.get(), order, denies);
            return;
        }
        cluster.note(new CalicoTier(object.name(), new Tier(object.name(), ordered(object.name(), order)), denies));
    }

    private static void builtIn(Cursor spec, CalicoTier tier, double order, boolean denies) {
        if (denies != tier.denies()) {
            Cursor at = spec.child("defaultAction").orElse(spec.missing("defaultAction"));
            at.error(
                    "invalid-value",
                    "The '" + tier.name() + "' tier must have default action '" + (tier.denies() ? "Deny" : "Pass")
                            + "'",
                    "");
        }
        if (order != tier.tier().order()) {
            Cursor at = spec.child("order").orElse(spec.missing("order"));
            at.error(
                    "invalid-value",
                    tier.name() + " tier order must be " + (long) tier.tier().order(),
                    "");
        }
    }

    /** Tiers of one order come by name; those that Calico has under other names than the model are minded here. */
    private static double ordered(String name, double order) {
        boolean before =
                BUILT_IN.stream().anyMatch(tier -> tier.tier().order() == order && name.compareTo(tier.name()) < 0);
        return before ? Math.nextDown(order) : order;
    }
}
