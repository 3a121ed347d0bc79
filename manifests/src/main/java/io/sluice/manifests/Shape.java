package io.sluice.manifests;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which fields a type of the API has: enough to tell an unknown field from a known one, and where a known one belongs.
 *
 * @param fields by name; empty where anything may stand
 * @param list whether the type is a list of such
 */
record Shape(Map<String, Shape> fields, boolean list) {
    /** Anything: a scalar, or what is not looked into. */
    static final Shape ANY = new Shape(Map.of(), false);

    static final Shape METADATA = of().with("name", ANY)
            .with("generateName", ANY)
            .with("namespace", ANY)
            .with("labels", ANY)
            .with("annotations", ANY)
            .with("ownerReferences", ANY)
            .with("finalizers", ANY)
            .with("managedFields", ANY)
            .with("uid", ANY)
            .with("resourceVersion", ANY)
            .with("generation", ANY)
            .with("creationTimestamp", ANY)
            .with("deletionTimestamp", ANY)
            .with("deletionGracePeriodSeconds", ANY)
            .with("selfLink", ANY);

    static final Shape SELECTOR = of().with("matchLabels", ANY)
            .with(
                    "matchExpressions",
                    of().with("key", ANY)
                            .with("operator", ANY)
                            .with("values", ANY)
                            .asList());

    /** An object of which only the outermost fields and the metadata are looked at. */
    static final Shape OBJECT = object(ANY);

    static final Shape NETWORK_POLICY_SPEC = networkPolicySpec();

    static final Shape NETWORK_POLICY = object(NETWORK_POLICY_SPEC);

    Shape {
        fields = Collections.unmodifiableMap(fields);
    }

    static Shape of() {
        return ANY;
    }

    static Shape object(Shape spec) {
        return of().with("apiVersion", ANY)
                .with("kind", ANY)
                .with("metadata", METADATA)
                .with("spec", spec)
                .with("status", ANY);
    }

    private static Shape networkPolicySpec() {
        Shape ports = of().with("protocol", ANY)
                .with("port", ANY)
                .with("endPort", ANY)
                .asList();
        Shape peers = of().with("podSelector", SELECTOR)
                .with("namespaceSelector", SELECTOR)
                .with("ipBlock", of().with("cidr", ANY).with("except", ANY))
                .asList();
        return of().with("podSelector", SELECTOR)
                .with("policyTypes", ANY)
                .with("ingress", of().with("from", peers).with("ports", ports).asList())
                .with("egress", of().with("to", peers).with("ports", ports).asList());
    }

    Shape with(String name, Shape shape) {
        Map<String, Shape> more = new LinkedHashMap<>(fields);
        more.put(name, shape);
        return new Shape(more, list);
    }

    Shape asList() {
        return new Shape(fields, true);
    }

    boolean isAny() {
        return fields.isEmpty();
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The path, from here, of the nearest type with such a field: {@code spec}, {@code ingress[]}; empty if none. */
    Optional<String> nearestWith(String field) {
        record Reached(String path, Shape shape) {}
        Deque<Reached> queue = new ArrayDeque<>();
        queue.add(new Reached("", this));
        while (!queue.isEmpty()) {
            Reached at = queue.poll();
            if (!at.path().isEmpty() && at.shape().has(field)) {
                return Optional.of(at.path());
            }
            at.shape()
                    .fields()
                    .forEach((name, shape) -> queue.add(new Reached(
                            (at.path().isEmpty() ? "" : at.path() + ".") + name + (shape.list() ? "[]" : ""), shape)));
        }
        return Optional.empty();
    }
}
