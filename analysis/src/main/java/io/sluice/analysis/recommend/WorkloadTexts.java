package io.sluice.analysis.recommend;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Workload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the pod specifications of workloads are written. */
public final class WorkloadTexts {
    private static final Set<String> WITH_TEMPLATE =
            Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job");

    private final List<ObjectText> objects;
    private final Map<String, Workload> ofPods = new HashMap<>();
    private final Set<Workload> workloads = new HashSet<>();

    /** @param objects the texts that the snapshot was read from */
    public WorkloadTexts(List<ObjectText> objects, Snapshot snapshot) {
        this.objects = objects;
        for (Pod pod : snapshot.pods()) {
            ofPods.put(pod.fullName(), pod.workload());
            workloads.add(pod.workload());
        }
    }

    /**
     * A pod specification in a text.
     *
     * @param path of the specification
     */
    record PodSpec(Workload workload, ObjectText text, List<Object> path) {
        Object[] at(Object... more) {
            Object[] all = Arrays.copyOf(path.toArray(), path.size() + more.length);
            System.arraycopy(more, 0, all, path.size(), more.length);
            return all;
        }
    }

    List<PodSpec> podSpecs() {
        return objects.stream().flatMap(object -> podSpec(object).stream()).toList();
    }

    private Optional<PodSpec> podSpec(ObjectText object) {
        String kind = object.kind();
        String fullName = namespace(object) + "/" + object.name();
        if (kind.equals("Pod")) {
            return Optional.ofNullable(ofPods.get(fullName))
                    .map(workload -> new PodSpec(workload, object, List.of("spec")));
        }
        List<Object> path = WITH_TEMPLATE.contains(kind)
                ? List.of("spec", "template", "spec")
                : kind.equals("CronJob") ? List.of("spec", "jobTemplate", "spec", "template", "spec") : List.of();
        Workload workload = new Workload(kind, namespace(object), object.name());
        return path.isEmpty() || !workloads.contains(workload)
                ? Optional.empty()
                : Optional.of(new PodSpec(workload, object, path));
    }

    static String namespace(ObjectText object) {
        return object.namespace().isEmpty() ? "default" : object.namespace();
    }

    /** The values of a ConfigMap by key, by {@code namespace/name}. */
    Map<String, Map<String, String>> configMaps() {
        Map<String, Map<String, String>> maps = new LinkedHashMap<>();
        for (ObjectText object : objects) {
            if (object.kind().equals("ConfigMap")) {
                Map<String, String> values = new LinkedHashMap<>();
                for (String key : object.keys("data")) {
                    values.put(key, object.text("data", key).orElse(""));
                }
                maps.put(namespace(object) + "/" + object.name(), values);
            }
        }
        return maps;
    }

    /** The label keys of the selectors that workloads have themselves; for most kinds they cannot be changed. */
    public Map<Workload, Set<String>> selectorKeys() {
        Map<Workload, Set<String>> keys = new HashMap<>();
        for (PodSpec spec : podSpecs()) {
            if (spec.path().size() == 3) {
                Set<String> own = spec.text().keys("spec", "selector", "matchLabels");
                keys.put(spec.workload(), own.isEmpty() ? spec.text().keys("spec", "selector") : own);
            }
        }
        return keys;
    }
}
