package io.sluice.policy.model;

import java.util.Map;
import java.util.TreeMap;

/** A namespace with its labels; {@code kubernetes.io/metadata.name} is always among them, as the API server sees to. */
public record Namespace(String name, Map<String, String> labels) {
    public static final String NAME_LABEL = "kubernetes.io/metadata.name";

    public Namespace {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(NAME_LABEL, name);
        labels = Map.copyOf(all);
    }
}
