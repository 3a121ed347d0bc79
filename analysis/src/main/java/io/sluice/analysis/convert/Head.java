package io.sluice.analysis.convert;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Policy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The head of a document: what the object is and what it is called. */
final class Head {
    /** Set by kubectl apply: the former object, which the new one is not. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Head() {}

    static Map<String, Object> of(String apiVersion, String kind, String namespace, String name, ObjectText text) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("apiVersion", apiVersion);
        out.put("kind", kind);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        for (String field : new String[] {"labels", "annotations"}) {
            Map<String, Object> kept = new LinkedHashMap<>();
            for (String key : text.keys("metadata", field)) {
                Optional<String> value = text.text("metadata", field, key);
                if (!key.equals(LAST_APPLIED) && value.isPresent()) {
                    kept.put(key, value.get());
                }
            }
            if (!kept.isEmpty()) {
                metadata.put(field, kept);
            }
        }
        out.put("metadata", metadata);
        return out;
    }

    static Map<String, Object> of(String apiVersion, String kind, Policy policy, ObjectText text) {
        return of(apiVersion, kind, policy.id().namespace(), policy.id().name(), text);
    }
}
