package io.sluice.analysis.lint;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pods by label and namespace. Pods that no selector can tell apart are one group, and each distinct selector is
 * evaluated once, by a few operations on bit sets: never policies times pods.
 */
public final class PodIndex {
    private final Map<String, Namespace> namespaces;
    private final List<PodGroup> groups = new ArrayList<>();
    private final BitSet everything = new BitSet();
    private final Map<String, BitSet> byNamespace = new LinkedHashMap<>();
    private final Map<String, Map<String, BitSet>> byLabel = new HashMap<>();
    private final Map<String, BitSet> byKey = new HashMap<>();
    private final Map<NamespaceMatch, BitSet> scopes = new HashMap<>();
    private final Map<Asked, BitSet> answers = new HashMap<>();

    private record Asked(NamespaceMatch namespaces, Selector pods) {}

    private record Kind(String namespace, Map<String, String> labels) {}

    PodIndex(Map<String, Namespace> namespaces, List<Pod> pods) {
        this.namespaces = namespaces;
        Map<Kind, List<Pod>> kinds = new LinkedHashMap<>();
        for (Pod pod : pods) {
            kinds.computeIfAbsent(new Kind(pod.namespace(), pod.attributes()), _ -> new ArrayList<>())
                    .add(pod);
        }
        kinds.forEach((kind, members) -> add(new PodGroup(groups.size(), kind.namespace, kind.labels, members)));
    }

    private void add(PodGroup group) {
        int number = group.number();
        groups.add(group);
        everything.set(number);
        byNamespace.computeIfAbsent(group.namespace(), _ -> new BitSet()).set(number);
        group.labels().forEach((key, value) -> {
            byKey.computeIfAbsent(key, _ -> new BitSet()).set(number);
            byLabel.computeIfAbsent(key, _ -> new HashMap<>())
                    .computeIfAbsent(value, _ -> new BitSet())
                    .set(number);
        });
    }

    public List<PodGroup> groups() {
        return groups;
    }

    /** The namespaces that have a pod here. */
    public Set<String> populated() {
        return byNamespace.keySet();
    }

    public List<PodGroup> of(BitSet numbers) {
        return numbers.stream().mapToObj(groups::get).toList();
    }

    /** The groups in the namespaces; not to be changed. */
    public BitSet in(NamespaceMatch match) {
        return scopes.computeIfAbsent(match, _ -> switch (match) {
            case NamespaceMatch.Named(String name) -> byNamespace.getOrDefault(name, new BitSet());
            case NamespaceMatch.Labelled(Selector selector) -> {
                BitSet found = new BitSet();
                byNamespace.forEach((name, members) -> {
                    Namespace namespace = namespaces.get(name);
                    if (namespace != null && selector.matches(namespace.labels())) {
                        found.or(members);
                    }
                });
                yield found;
            }
        });
    }

    /** The groups that match; not to be changed. */
    public BitSet select(NamespaceMatch match, Selector pods) {
        BitSet scope = in(match);
        return pods.equals(Selector.ALL)
                ? scope
                : answers.computeIfAbsent(new Asked(match, pods), _ -> select(pods, scope));
    }

    private BitSet select(Selector selector, BitSet scope) {
        BitSet found = new BitSet();
        switch (selector) {
            case Selector.All(List<Selector> parts) -> {
                found.or(scope);
                for (Selector part : parts) {
                    found.and(select(part, found));
                }
            }
            case Selector.Any(List<Selector> parts) -> parts.forEach(part -> found.or(select(part, scope)));
            case Selector.Not(Selector part) -> {
                found.or(scope);
                found.andNot(select(part, scope));
            }
            case Selector.Has(String key) -> found.or(byKey.getOrDefault(key, found));
            case Selector.In(String key, Set<String> values) -> {
                Map<String, BitSet> holders = byLabel.getOrDefault(key, Map.of());
                values.forEach(value -> found.or(holders.getOrDefault(value, found)));
            }
            case Selector.Text text ->
                byLabel.getOrDefault(text.key(), Map.of()).forEach((value, holders) -> {
                    if (text.accepts(value)) {
                        found.or(holders);
                    }
                });
        }
        found.and(scope);
        return found;
    }

    /** The label keys on the groups. */
    public Set<String> keys(BitSet scope) {
        return labelsIn(scope).keySet();
    }

    /** Each label key on the groups with its values. */
    public Map<String, Set<String>> labelsIn(BitSet scope) {
        return labelSets.computeIfAbsent(scope, _ -> {
            Map<String, Set<String>> out = new TreeMap<>();
            scope.stream()
                    .forEach(number -> groups.get(number)
                            .labels()
                            .forEach((key, value) -> out.computeIfAbsent(key, _ -> new TreeSet<>())
                                    .add(value)));
            return out;
        });
    }

    private final Map<BitSet, Map<String, Set<String>>> labelSets = new HashMap<>();
}
