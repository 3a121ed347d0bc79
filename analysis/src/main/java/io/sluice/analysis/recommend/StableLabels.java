package io.sluice.analysis.recommend;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * By which labels to select the pods of a workload: the fewest that select these pods of their namespace and no other,
 * of those that stay the same from one release to the next.
 */
final class StableLabels {
    /** Differ between the replicas or the revisions of one workload. */
    private static final Set<String> OF_REPLICAS = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "pod-template-generation",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "controller-uid",
            "job-name");

    /** Differ between releases. */
    private static final Set<String> OF_RELEASES =
            Set.of("version", "chart", "helm.sh/chart", "app.kubernetes.io/version");

    /** In the order in which people mean them as names. */
    private static final List<String> NAMES =
            List.of("app.kubernetes.io/name", "app", "k8s-app", "name", "app.kubernetes.io/instance", "component");

    /** A selector of more keys than this is taken whole rather than searched. */
    private static final int MOST_COMBINED = 12;

    private final Map<Workload, List<Pod>> pods = new HashMap<>();
    private final Map<String, List<Pod>> byNamespace = new HashMap<>();
    private final Map<Workload, Set<String>> selectorKeys;
    private final Map<Workload, Optional<Choice>> chosen = new HashMap<>();

    /**
     * @param labels to select by
     * @param reason in a sentence without a full stop
     * @param others workloads of the namespace that are selected too, because nothing tells them apart
     */
    record Choice(Map<String, String> labels, String reason, Set<Workload> others) {
        Selector selector() {
            return Selector.labels(labels);
        }
    }

    /** @param selectorKeys the keys of the selectors that workloads have themselves, as far as they are known */
    StableLabels(Snapshot snapshot, Map<Workload, Set<String>> selectorKeys) {
        this.selectorKeys = selectorKeys;
        for (Pod pod : snapshot.pods()) {
            pods.computeIfAbsent(pod.workload(), _ -> new ArrayList<>()).add(pod);
            byNamespace.computeIfAbsent(pod.namespace(), _ -> new ArrayList<>()).add(pod);
        }
    }

    /** Without the labels that do not last. */
    static Map<String, String> stable(Map<String, String> labels) {
        Map<String, String> stable = new TreeMap<>(labels);
        stable.keySet()
                .removeIf(key -> OF_REPLICAS.contains(key)
                        || OF_RELEASES.contains(key)
                        || key.startsWith("batch.kubernetes.io/"));
        return stable;
    }

    /** Empty where the pods have no lasting label in common. */
    Optional<Choice> of(Workload workload) {
        Optional<Choice> known = chosen.get(workload);
        if (known == null) {
            known = choose(workload);
            chosen.put(workload, known);
        }
        return known;
    }

    private Optional<Choice> choose(Workload workload) {
        List<Pod> own = pods.getOrDefault(workload, List.of());
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> common = stable(own.getFirst().labels());
        own.forEach(pod -> common.entrySet().retainAll(pod.labels().entrySet()));
        if (common.isEmpty()) {
            return Optional.empty();
        }
        Set<String> selector = selectorKeys.getOrDefault(workload, Set.of());
        List<String> keys = common.keySet().stream()
                .sorted(Comparator.<String>comparingInt(key -> selector.contains(key) ? 0 : 1)
                        .thenComparingInt(StableLabels::rank)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int longest = keys.size() > MOST_COMBINED ? 1 : keys.size();
        for (int size = 1; size <= longest; size++) {
            Optional<List<String>> exact = combination(keys, size, 0, new ArrayList<>(), common, workload);
            if (exact.isPresent()) {
                return Optional.of(
                        new Choice(only(common, exact.get()), reason(exact.get(), workload, selector), Set.of()));
            }
        }
        Set<Workload> others = others(common, workload);
        return Optional.of(new Choice(
                common,
                others.isEmpty()
                        ? "all its lasting labels together select it alone"
                        : "no lasting label tells it from " + others,
                others));
    }

    private static int rank(String key) {
        int at = NAMES.indexOf(key);
        return at < 0 ? NAMES.size() : at;
    }

    private Optional<List<String>> combination(
            List<String> keys, int size, int from, List<String> taken, Map<String, String> common, Workload own) {
        if (taken.size() == size) {
            return others(only(common, taken), own).isEmpty() ? Optional.of(List.copyOf(taken)) : Optional.empty();
        }
        for (int i = from; i < keys.size(); i++) {
            taken.add(keys.get(i));
            Optional<List<String>> found = combination(keys, size, i + 1, taken, common, own);
            if (found.isPresent()) {
                return found;
            }
            taken.removeLast();
        }
        return Optional.empty();
    }

    private static Map<String, String> only(Map<String, String> common, List<String> keys) {
        Map<String, String> out = new TreeMap<>();
        keys.forEach(key -> out.put(key, common.getOrDefault(key, "")));
        return out;
    }

    private Set<Workload> others(Map<String, String> labels, Workload own) {
        Set<Workload> others = new TreeSet<>();
        for (Pod pod : byNamespace.getOrDefault(own.namespace(), List.of())) {
            if (!pod.workload().equals(own) && pod.labels().entrySet().containsAll(labels.entrySet())) {
                others.add(pod.workload());
            }
        }
        return others;
    }

    private static String reason(List<String> keys, Workload workload, Set<String> selector) {
        String labels = String.join(" and ", keys);
        String alone = labels + (keys.size() == 1 ? " alone selects" : " together select") + " the pods of "
                + workload.kind() + " " + workload.name() + " and no others of the namespace";
        return selector.containsAll(keys) ? alone + ", and its own selector uses it" : alone;
    }
}
