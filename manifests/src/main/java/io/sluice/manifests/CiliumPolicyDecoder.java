package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * cilium.io/v2 CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy. An object holds one rule of Cilium in
 * {@code spec}, or several in {@code specs}; each becomes a policy, since each has its own subject.
 */
final class CiliumPolicyDecoder implements ObjectDecoder {
    static final String NAMESPACED = "CiliumNetworkPolicy";
    static final String CLUSTERWIDE = "CiliumClusterwideNetworkPolicy";

    private static final int LONGEST_LOG = 32;

    private final boolean namespaced;

    CiliumPolicyDecoder(boolean namespaced) {
        this.namespaced = namespaced;
    }

    @Override
    public Set<String> kinds() {
        return Set.of("cilium.io/v2 " + (namespaced ? NAMESPACED : CLUSTERWIDE));
    }

    @Override
    public boolean namespaced() {
        return namespaced;
    }

    @Override
    public Shape shape() {
        return CiliumShapes.POLICY;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        cluster.later(() ->
                read(object, cluster, cluster.shared(CiliumReferences.class, () -> new CiliumReferences(cluster))));
    }

    private void read(KubeObject object, ClusterBuilder cluster, CiliumReferences references) {
        List<Cursor> specs = new ArrayList<>();
        object.root().child("spec").ifPresent(specs::add);
        specs.addAll(object.root().list("specs"));
        if (specs.isEmpty()) {
            Invalid.required(object.root(), "spec", "", "spec, or specs with at least one item");
        }
        for (Cursor spec : specs) {
            if (spec.expectMapping()) {
                // A name has no slash, so the name of a part is nobody else's.
                String name = specs.size() == 1 ? object.name() : object.name() + "/" + spec.path();
                PolicyId id = new PolicyId(object.kind(), object.namespace(), name);
                policy(id, object, spec, new CiliumScope(object.namespace(), Action.ALLOW, references))
                        .ifPresent(cluster::add);
            }
        }
    }

    /** Empty, and reported, where it is applied to no pod. */
    private Optional<Policy> policy(PolicyId id, KubeObject object, Cursor spec, CiliumScope scope) {
        Optional<Cursor> endpoints = spec.child("endpointSelector");
        Optional<Cursor> nodes = spec.child("nodeSelector");
        if (endpoints.isPresent() == nodes.isPresent()) {
            spec.error(
                    "invalid-value",
                    endpoints.isEmpty()
                            ? "rule must have one of EndpointSelector or NodeSelector"
                            : "rule cannot have both EndpointSelector and NodeSelector",
                    endpoints.isEmpty() ? "endpointSelector: {} is every endpoint" : "");
        }
        checkMetadata(spec);
        List<Section> sections = sections(spec, scope, nodes.isPresent());
        if (nodes.isPresent()) {
            CiliumSelector.read(nodes.get());
            if (namespaced) {
                nodes.get().error("invalid-value", "rule cannot have NodeSelector", "make it a " + CLUSTERWIDE);
            } else {
                scope.warn(
                        nodes.get(),
                        "cilium-host-policy",
                        "a policy of nodes is applied to no pod; it is not enforced here",
                        "");
            }
        }
        Optional<Subject> subject = endpoints.map(e -> CiliumSelector.read(e).subject(scope));
        return subject.map(s -> Policy.network(id, object.position(), s, sections));
    }

    private static void checkMetadata(Cursor spec) {
        spec.text("description");
        spec.mapping("log")
                .flatMap(l -> l.child("value"))
                .ifPresent(field -> field.text().ifPresent(text -> CrdRules.maxLength(field, text, LONGEST_LOG)));
        spec.list("labels").forEach(Cursor::expectMapping);
    }

    /**
     * "The default is true for each traffic direction that has rules, and false otherwise"; where it is false the rules
     * allow and deny without isolating.
     */
    private static List<Section> sections(Cursor spec, CiliumScope scope, boolean host) {
        List<Section> sections = new ArrayList<>();
        boolean empty = true;
        Optional<Cursor> defaults = spec.mapping("enableDefaultDeny");
        for (Direction direction : Direction.values()) {
            String field = direction == Direction.INGRESS ? "ingress" : "egress";
            boolean isolates = defaults.flatMap(d -> d.flag(field)).orElse(true);
            List<Rule> rules = new ArrayList<>(new CiliumRules(direction, scope, host).read(spec, field));
            rules.addAll(new CiliumRules(direction, scope.with(Action.DENY), host).read(spec, field + "Deny"));
            if (!rules.isEmpty()) {
                empty = false;
                sections.add(new Section(direction, isolates, spared(direction), rules));
            }
        }
        if (empty) {
            spec.error(
                    "invalid-value",
                    "rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny",
                    "to isolate without allowing anything write ingress: [{}]");
        }
        return sections;
    }

    /** A pod reaches itself without leaving itself; its node reaches it (allow-localhost=auto). */
    private static Set<Spared> spared(Direction direction) {
        return direction == Direction.INGRESS ? EnumSet.allOf(Spared.class) : EnumSet.of(Spared.SELF);
    }
}
