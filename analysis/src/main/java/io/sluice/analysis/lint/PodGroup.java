package io.sluice.analysis.lint;

import io.sluice.policy.model.Pod;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Pods of one namespace with the same labels: no selector can tell them apart. */
public record PodGroup(int number, String namespace, Map<String, String> labels, List<Pod> pods) {
    public PodGroup {
        pods = List.copyOf(pods);
    }

    /** Whether every pod of it says which ports it serves; one that says nothing may serve any. */
    public boolean declaresPorts() {
        for (Pod pod : pods) {
            if (pod.ports().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    public boolean serves(Protocol protocol, int first, int last) {
        for (Pod pod : pods) {
            for (var port : pod.ports()) {
                if (port.protocol().equals(protocol) && first <= port.port() && port.port() <= last) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The names of its workloads, each once, sorted. */
    public static String workloads(Iterable<PodGroup> groups) {
        TreeSet<String> names = new TreeSet<>();
        for (PodGroup group : groups) {
            group.pods().forEach(pod -> names.add(pod.workload().name()));
        }
        String shown = names.stream().limit(3).collect(Collectors.joining(", "));
        return names.size() > 3 ? shown + " and " + (names.size() - 3) + " more" : shown;
    }
}
