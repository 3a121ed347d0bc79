package io.sluice.analysis.lint;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The labels that pods and namespaces carry, and which of them a selector that asks for others was meant for. */
public final class LabelUse {
    /** Namespaces that every cluster has, with no label but their name. */
    public static final Set<String> USUAL_NAMESPACES =
            Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final Cluster cluster;
    private final Map<String, Set<String>> anywhere = new HashMap<>();
    private final Map<String, Set<String>> ofNamespaces = new TreeMap<>();
    private final Map<Asked, Optional<Mistake>> answers = new HashMap<>();
    private final Map<Selector, Optional<Mistake>> ofSelectors = new HashMap<>();
    private final Map<NamespaceMatch, Boolean> matched = new HashMap<>();

    /**
     * A label that nothing carries, beside one in use that is spelled nearly the same.
     *
     * @param written {@code key} or {@code key=value}
     * @param meant in the same form
     * @param key as written
     */
    public record Mistake(String written, String meant, String key) {}

    private record Asked(NamespaceMatch namespaces, Selector selector) {}

    LabelUse(Cluster cluster) {
        this.cluster = cluster;
        for (PodIndex index : List.of(cluster.pods(), cluster.hostPods())) {
            for (PodGroup group : index.groups()) {
                add(group.labels(), anywhere);
            }
        }
        for (Namespace namespace : cluster.snapshot().namespaces().values()) {
            add(namespace.labels(), ofNamespaces);
        }
        ofNamespaces.computeIfAbsent(Namespace.NAME_LABEL, _ -> new TreeSet<>()).addAll(USUAL_NAMESPACES);
    }

    private static void add(Map<String, String> labels, Map<String, Set<String>> into) {
        labels.forEach(
                (key, value) -> into.computeIfAbsent(key, _ -> new TreeSet<>()).add(value));
    }

    /** Each label key of the namespaces with its values; those that every cluster has are among them. */
    public Map<String, Set<String>> ofNamespaces() {
        return ofNamespaces;
    }

    /** A label of the selector that no pod carries, while pods of these namespaces carry one spelled nearly the same. */
    public Optional<Mistake> podMistake(NamespaceMatch namespaces, Selector selector) {
        return selector.equals(Selector.ALL)
                ? Optional.empty()
                : answers.computeIfAbsent(
                        new Asked(namespaces, selector),
                        _ -> mistake(
                                selector,
                                anywhere,
                                cluster.pods().labelsIn(cluster.pods().in(namespaces))));
    }

    /** The same for the labels of namespaces. */
    public Optional<Mistake> namespaceMistake(NamespaceMatch namespaces) {
        return switch (namespaces) {
            case NamespaceMatch.Named _ -> Optional.empty();
            case NamespaceMatch.Labelled(Selector selector) ->
                ofSelectors.computeIfAbsent(selector, _ -> mistake(selector, ofNamespaces, ofNamespaces));
        };
    }

    /** Whether a namespace that is known matches. */
    public boolean matchesSome(NamespaceMatch namespaces) {
        return matched.computeIfAbsent(
                namespaces,
                _ -> cluster.snapshot().namespaces().values().stream().anyMatch(namespaces::matches));
    }

    private static Optional<Mistake> mistake(
            Selector selector, Map<String, Set<String>> all, Map<String, Set<String>> here) {
        for (Requirement requirement : Requirement.of(selector)) {
            Optional<Mistake> found = mistake(requirement, all, here);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Mistake> mistake(
            Requirement asked, Map<String, Set<String>> all, Map<String, Set<String>> here) {
        Set<String> values = all.get(asked.key());
        if (values == null) {
            return Spelling.nearest(asked.key(), here.keySet())
                    .filter(key -> asked.values().isEmpty() || holdsOne(here.getOrDefault(key, Set.of()), asked))
                    .map(key -> new Mistake(asked.key(), key, asked.key()));
        }
        for (String value : asked.values()) {
            if (!values.contains(value)) {
                Optional<String> near = Spelling.nearest(value, here.getOrDefault(asked.key(), Set.of()));
                if (near.isPresent()) {
                    return Optional.of(
                            new Mistake(asked.key() + "=" + value, asked.key() + "=" + near.get(), asked.key()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holdsOne(Set<String> used, Requirement asked) {
        for (String value : asked.values()) {
            if (used.contains(value) || Spelling.nearest(value, used).isPresent()) {
                return true;
            }
        }
        return false;
    }
}
