package io.sluice.manifests;

import io.sluice.manifests.CalicoReferences.CalicoTier;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * projectcalico.org/v3 NetworkPolicy and GlobalNetworkPolicy, and their staged forms.
 *
 * <p>"If one or more policies of the tier select the endpoint and none of their rules decides, the tier's default action
 * does": so every policy isolates, in the directions it is of, where its tier denies. What a host sends to its own pods
 * is never policed (Felix accepts it before any policy); what they send to it is.
 *
 * <p>Policies come by order, absent ones last, and by name among equals. Since v3.31 Calico compares
 * {@code name/namespace/kind} there (felix/calc/policy_sorter.go), as {@link Policy#EVALUATION_ORDER} does; up to v3.30
 * it compared the names that it kept, which began with the namespace for namespaced policies and with the tier for all.
 * Among them a Kubernetes NetworkPolicy is one of order 1,000, by the name that Calico gives it; here all of those come
 * after the Calico policies of that very order.
 */
final class CalicoPolicyDecoder implements ObjectDecoder {
    private final boolean global;
    private final boolean staged;

    CalicoPolicyDecoder(boolean global, boolean staged) {
        this.global = global;
        this.staged = staged;
    }

    @Override
    public Set<String> kinds() {
        return CalicoKinds.of((staged ? "Staged" : "") + (global ? "GlobalNetworkPolicy" : "NetworkPolicy"));
    }

    @Override
    public boolean namespaced() {
        return !global;
    }

    @Override
    public Shape shape() {
        return CalicoShapes.policy(global, staged);
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        if (staged && CalicoStaging.isDeletion(spec)) {
            CalicoStaging.report(object);
            return;
        }
        int before = object.problems().errors();
        CalicoPolicySpec read = CalicoPolicySpec.read(spec, global ? "" : object.namespace());
        if (staged) {
            CalicoStaging.report(object);
        }
        if (staged || object.problems().errors() > before) {
            cluster.later(() -> tier(spec, cluster));
            return;
        }
        if (read.hostsOnly()) {
            object.problems()
                    .warning(
                            "calico-host-policy",
                            object.root().place(),
                            object
                                    + ": doNotTrack and preDNAT are for the interfaces of hosts; no pod is subject to it",
                            "");
        }
        cluster.later(() -> tier(spec, cluster).ifPresent(tier -> cluster.add(policy(object, read, tier, cluster))));
    }

    /** The tier of a policy; reported where there is none of the name. */
    private static Optional<CalicoTier> tier(Cursor spec, ClusterBuilder cluster) {
        CalicoReferences references = CalicoReferences.of(cluster);
        String name = spec.text("tier").filter(text -> !text.isEmpty()).orElse("default");
        Optional<CalicoTier> tier = references.tier(name);
        if (tier.isEmpty()) {
            spec.child("tier")
                    .orElse(spec)
                    .error(
                            "unknown-tier",
                            "there is no Tier " + Quote.text(name) + " in the input",
                            Spelling.hint(
                                    name,
                                    references.tiers(),
                                    "give the object projectcalico.org/v3 Tier " + Quote.shortened(name)));
        }
        return tier;
    }

    private Policy policy(KubeObject object, CalicoPolicySpec spec, CalicoTier tier, ClusterBuilder cluster) {
        CalicoTranslation translation = new CalicoTranslation(CalicoReferences.of(cluster), object.namespace());
        Map<Direction, List<CalicoRule>> rules = new EnumMap<>(spec.rules());
        List<Section> sections = new ArrayList<>(2);
        for (Direction direction : Direction.values()) {
            if (spec.types().contains(direction) && !spec.hostsOnly()) {
                List<Rule> translated = rules.getOrDefault(direction, List.of()).stream()
                        .flatMap(rule -> translation.rules(rule, direction).stream())
                        .toList();
                Set<Spared> spared = direction == Direction.INGRESS ? Set.of(Spared.OWN_NODE) : Set.of();
                sections.add(new Section(direction, tier.denies(), spared, translated));
            }
        }
        return new Policy(
                new PolicyId(
                        global ? "GlobalNetworkPolicy" : "NetworkPolicy.projectcalico.org",
                        object.namespace(),
                        object.name()),
                object.position(),
                tier.tier(),
                spec.order(),
                Combining.FIRST_MATCH_BY_NAME,
                new Subject(spec.namespaces(), spec.pods()),
                sections);
    }
}
