package io.sluice.policy.table;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/**
 * The pods with a network of their own, found by namespace and label. They are numbered namespace by namespace, so that
 * a namespace is one run of a bitmap.
 */
final class Population {
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    private final List<Pod> pods = new ArrayList<>();
    private final Map<String, RoaringBitmap> byNamespace = new HashMap<>();
    private final List<String> namespaces;
    private final LabelIndex podLabels;
    private final LabelIndex namespaceLabels;
    private final Map<NamespaceMatch, RoaringBitmap> scopes = new HashMap<>();

    Population(Snapshot snapshot, RuleBook rules) {
        Map<String, List<Pod>> grouped = new LinkedHashMap<>();
        for (Pod pod : snapshot.pods()) {
            if (!pod.hostNetwork()) {
                grouped.computeIfAbsent(pod.namespace(), _ -> new ArrayList<>()).add(pod);
            }
        }
        grouped.forEach((namespace, members) -> {
            RoaringBitmap run = new RoaringBitmap();
            run.add((long) pods.size(), (long) pods.size() + members.size());
            byNamespace.put(namespace, run);
            pods.addAll(members);
        });
        List<Selector> onPods = new ArrayList<>();
        List<Selector> onNamespaces = new ArrayList<>();
        for (Policy policy : rules.policies()) {
            onPods.add(policy.subject().pods());
            mention(policy.subject().namespaces(), onNamespaces);
        }
        for (Peer peer : rules.peers()) {
            if (peer instanceof Peer.Pods(NamespaceMatch match, Selector labels)) {
                onPods.add(labels);
                mention(match, onNamespaces);
            }
        }
        rules.conditions().forEach(only -> {
            onPods.add(only.pods());
            mention(only.namespaces(), onNamespaces);
        });
        boolean attributes = onPods.stream().anyMatch(Population::asksForMoreThanLabels);
        podLabels = new LabelIndex(
                pods.stream().map(attributes ? Pod::attributes : Pod::labels).toList(), onPods);
        namespaces = List.copyOf(grouped.keySet());
        namespaceLabels = new LabelIndex(
                grouped.values().stream()
                        .map(members -> snapshot.namespaceOf(members.getFirst()))
                        .map(Namespace::labels)
                        .toList(),
                onNamespaces);
    }

    private static boolean asksForMoreThanLabels(Selector selector) {
        return switch (selector) {
            case Selector.All(List<Selector> parts) -> parts.stream().anyMatch(Population::asksForMoreThanLabels);
            case Selector.Any(List<Selector> parts) -> parts.stream().anyMatch(Population::asksForMoreThanLabels);
            case Selector.Not(Selector part) -> asksForMoreThanLabels(part);
            case Selector.Has(String key) -> Pod.isNoLabel(key);
            case Selector.In(String key, var _) -> Pod.isNoLabel(key);
            case Selector.Text(String key, var _, var _) -> Pod.isNoLabel(key);
        };
    }

    private static void mention(NamespaceMatch match, List<Selector> selectors) {
        if (match instanceof NamespaceMatch.Labelled(Selector selector)) {
            selectors.add(selector);
        }
    }

    List<Pod> pods() {
        return pods;
    }

    /** The numbers of the pods that match; not to be changed. */
    RoaringBitmap select(NamespaceMatch match, Selector labels) {
        return podLabels.select(labels, scopes.computeIfAbsent(match, this::scope));
    }

    private RoaringBitmap scope(NamespaceMatch match) {
        return switch (match) {
            case NamespaceMatch.Named(String name) -> byNamespace.getOrDefault(name, NOBODY);
            case NamespaceMatch.Labelled(Selector selector) -> {
                RoaringBitmap members = new RoaringBitmap();
                namespaceLabels.select(selector, namespaceLabels.everything()).forEach((IntConsumer)
                        n -> members.or(byNamespace.getOrDefault(namespaces.get(n), NOBODY)));
                yield members;
            }
        };
    }
}
