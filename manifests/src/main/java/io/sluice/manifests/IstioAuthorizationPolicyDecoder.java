package io.sluice.manifests;

import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.PolicyId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** security.istio.io AuthorizationPolicy: no policy of the network, but one of the gate behind it. */
final class IstioAuthorizationPolicyDecoder implements ObjectDecoder {
    private static final String DRY_RUN = "istio.io/dry-run";
    private static final List<String> ACTIONS =
            Stream.of(Action.values()).map(Action::name).toList();

    /** What Go's strconv.ParseBool takes for true, and for false. */
    private static final Set<String> YES = Set.of("1", "t", "T", "TRUE", "true", "True");

    private static final Set<String> NO = Set.of("0", "f", "F", "FALSE", "false", "False");

    @Override
    public Set<String> kinds() {
        return Set.of("security.istio.io/v1 AuthorizationPolicy", "security.istio.io/v1beta1 AuthorizationPolicy");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return IstioShapes.AUTHORIZATION_POLICY;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        IstioScope scope = IstioScope.read(object, spec);
        Action action = spec.child("action")
                .flatMap(field -> CrdRules.oneOf(field, ACTIONS))
                .map(Action::valueOf)
                .orElse(Action.ALLOW);
        Optional<Cursor> list = spec.child("rules");
        List<GateRule> rules =
                list.map(new IstioRules(action, object.namespace())::read).orElse(List.of());
        boolean none = list.filter(l ->
                        !(l.value() instanceof Value.Sequence s && s.items().isEmpty()))
                .isEmpty();
        if (none && (action == Action.DENY || action == Action.CUSTOM)) {
            Invalid.required(
                    spec,
                    "rules",
                    action + " without rules is meaningless as it will never be triggered",
                    "write rules: [{}] if every request is meant");
        }
        if (!scope.targets().isEmpty()) {
            warnOfTargets(spec);
        }
        cluster.note(new GatePolicy(
                new PolicyId("AuthorizationPolicy", object.namespace(), object.name()),
                object.position(),
                scope.scope(),
                scope.targets(),
                action,
                provider(spec, action),
                isDryRun(object.metadata()),
                rules));
    }

    private static String provider(Cursor spec, Action action) {
        Optional<Cursor> provider = spec.mapping("provider");
        String name = provider.flatMap(p -> p.text("name")).orElse("");
        if (action == Action.CUSTOM && name.isEmpty()) {
            Invalid.required(spec, "provider.name", "must not be empty with action CUSTOM", "");
        } else if (action != Action.CUSTOM && provider.isPresent()) {
            Invalid.forbidden(provider.get(), "only with action CUSTOM, not " + action, "");
        }
        return name;
    }

    private static boolean isDryRun(Cursor metadata) {
        Optional<Cursor> field =
                Optional.ofNullable(metadata.texts("annotations").get(DRY_RUN));
        String text = field.map(Cursor::value)
                .flatMap(v -> v instanceof Value.Scalar s ? Optional.of(s.text()) : Optional.empty())
                .orElse("false");
        if (field.isPresent() && !YES.contains(text) && !NO.contains(text)) {
            metadata.problems()
                    .warning(
                            "dry-run-value",
                            field.get().place(),
                            DRY_RUN + ": " + Quote.text(text) + " is neither true nor false; the policy is enforced",
                            "write \"true\" or \"false\"");
        }
        return YES.contains(text);
    }

    private static void warnOfTargets(Cursor spec) {
        Cursor refs = spec.child("targetRefs").or(() -> spec.child("targetRef")).orElse(spec);
        refs.problems()
                .warning(
                        "target-refs",
                        refs.keyPlace(),
                        refs.path() + ": enforced by a gateway or waypoint; whether a request passes it is not known"
                                + " here",
                        "");
    }
}
