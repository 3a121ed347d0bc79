package io.sluice.analysis.lint;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pods for policies that were read without any: one for each distinct podSelector of a namespace of which no pod was
 * read, with just the labels that the selector asks for. So a folder that holds nothing but policies can be judged.
 */
final class AssumedPods {
    private AssumedPods() {}

    /** A policy that names no namespace is left out where pods were read: it lands in none of theirs. */
    static List<Pod> of(Snapshot snapshot, Texts texts) {
        Set<String> populated = new HashSet<>();
        snapshot.pods().forEach(pod -> populated.add(pod.namespace()));
        Map<String, Pod> out = new LinkedHashMap<>();
        Set<String> particular = new HashSet<>();
        for (Policy policy : snapshot.policies()) {
            if (policy.subject().namespaces() instanceof NamespaceMatch.Named(String namespace)
                    && !populated.contains(namespace)
                    && (populated.isEmpty()
                            || !texts.of(policy.position()).namespace().isEmpty())) {
                if (!policy.subject().pods().equals(Selector.ALL)) {
                    particular.add(namespace);
                }
                Pod pod = pod(namespace, policy.subject().pods());
                if (policy.subject().pods().matches(pod.attributes())) {
                    out.putIfAbsent(namespace + "/" + pod.labels(), pod);
                }
            }
        }
        // Where policies name workloads, a pod that only an empty podSelector selects need not exist.
        return out.values().stream()
                .filter(pod -> !pod.labels().isEmpty() || !particular.contains(pod.namespace()))
                .toList();
    }

    private static Pod pod(String namespace, Selector selector) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Requirement asked : Requirement.of(selector)) {
            if (asked.wanted()) {
                labels.put(
                        asked.key(),
                        asked.values().isEmpty()
                                ? "any"
                                : asked.values().iterator().next());
            }
        }
        String name = selector.equals(Selector.ALL) ? "every pod" : "pods with " + selector;
        return new Pod(
                namespace,
                "(assumed) " + name,
                labels,
                List.of(),
                "",
                false,
                List.of(),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE);
    }
}
