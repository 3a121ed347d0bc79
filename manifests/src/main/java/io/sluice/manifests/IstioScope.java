package io.sluice.manifests;

import io.sluice.policy.model.GatePolicy.Target;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whom a policy of Istio is about: a selector, or references to what its proxy stands for, or neither. */
record IstioScope(Mesh.Scope scope, List<Target> targets) {
    private static final int MOST_TARGETS = 16;

    /** The kinds that can be referred to, with their groups; the group of Service may be left out or be "core". */
    private static final Map<String, List<String>> KINDS = Map.of(
            "Service", List.of("", "core"),
            "ServiceEntry", List.of("networking.istio.io"),
            "Gateway", List.of("gateway.networking.k8s.io"),
            "GatewayClass", List.of("gateway.networking.k8s.io"));

    static IstioScope read(KubeObject object, Cursor spec) {
        List<Cursor> given = new ArrayList<>();
        for (String field : List.of("selector", "targetRef", "targetRefs")) {
            spec.child(field).ifPresent(given::add);
        }
        if (given.size() > 1) {
            Invalid.forbidden(
                    given.get(1),
                    "only one of targetRefs or selector can be set",
                    "selector is for pods' own proxies, targetRefs for gateways and waypoints");
        }
        Selector pods = spec.mapping("selector")
                .map(selector -> Labels.read(selector, "matchLabels"))
                .filter(labels -> !labels.isEmpty())
                .map(Selector::labels)
                .orElse(Selector.ALL);
        List<Target> targets = new ArrayList<>();
        Optional<Cursor> list = spec.child("targetRefs");
        List<Cursor> refs = new ArrayList<>(list.map(Cursor::items).orElse(List.of()));
        list.ifPresent(l -> CrdRules.atMost(l, refs.size(), MOST_TARGETS, ""));
        spec.child("targetRef").ifPresent(refs::add);
        for (Cursor ref : refs) {
            if (ref.expectMapping()) {
                target(ref).ifPresent(targets::add);
            }
        }
        return new IstioScope(new Mesh.Scope(object.namespace(), false, pods), targets);
    }

    private static Optional<Target> target(Cursor ref) {
        Optional<String> kind = CrdRules.required(ref, "kind").flatMap(Cursor::text);
        Optional<String> name = CrdRules.required(ref, "name").flatMap(Cursor::text);
        ref.child("namespace")
                .ifPresent(n -> Invalid.forbidden(n, "cross namespace referencing is not supported", "remove it"));
        String group = ref.text("group").orElse("");
        if (kind.isPresent() && !KINDS.getOrDefault(kind.get(), List.of()).contains(group)) {
            ref.error(
                    "unsupported-value",
                    "Unsupported value: " + Quote.text(group + "/" + kind.get()),
                    KINDS.containsKey(kind.get())
                            ? "write group: " + Quote.text(KINDS.get(kind.get()).getFirst())
                            : "a Gateway, a GatewayClass, a Service or a ServiceEntry");
            return Optional.empty();
        }
        return kind.isPresent() && name.isPresent()
                ? Optional.of(new Target(kind.get(), name.get()))
                : Optional.empty();
    }
}
