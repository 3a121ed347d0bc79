package io.sluice.manifests;

import io.sluice.manifests.ReadPod.Owner;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.ServiceAccount;
import io.sluice.policy.model.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods and pod templates to the pods of the cluster. A workload whose pods are in the input is not expanded, nor is one
 * whose parts are: a dump holds Deployment, ReplicaSet and Pods, and every pod counts once.
 */
final class PodAssembly {
    /** The most pods a Kubernetes cluster is built for ("no more than 150,000 total pods"). */
    static final int MOST_PODS = 150_000;

    /** A chain of owners longer than this is a circle. */
    private static final int LONGEST_CHAIN = 8;

    private final List<ReadPod> read;
    private final List<ReadWorkload> workloads;
    private final List<Node> nodes;
    private final Map<String, Map<String, String>> accountLabels;
    private final Problems problems;
    private final Map<Workload, ReadWorkload> known = new HashMap<>();
    private final Set<Workload> represented = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<Pod> pods = new ArrayList<>();

    /** Whether that was said: once is enough, whatever else there is to expand. */
    private boolean tooMany;

    /** @param accountLabels of the service accounts, by {@code namespace/name} */
    PodAssembly(
            List<ReadPod> read,
            List<ReadWorkload> workloads,
            List<Node> nodes,
            Map<String, Map<String, String>> accountLabels,
            Problems problems) {
        this.read = read;
        this.accountLabels = accountLabels;
        this.workloads = workloads;
        this.nodes = nodes;
        this.problems = problems;
        workloads.forEach(w -> known.put(w.workload(), w));
    }

    /** Live pods first, then those of templates, each in the order of the input. */
    List<Pod> pods() {
        for (ReadPod pod : read) {
            Workload top = pod.owner()
                    .map(o -> top(deploymentOf(pod, o), pod.namespace()))
                    .orElse(new Workload("Pod", pod.namespace(), pod.name()));
            if (!pod.finished()) {
                add(pod, pod.name(), pod.node(), top);
            }
        }
        for (ReadWorkload workload : workloads) {
            // A part that asks for pods stands for the whole; an old ReplicaSet that is scaled to nothing does not.
            if (workload.pods() != 0) {
                workload.owner().ifPresent(o -> top(o, workload.workload().namespace()));
            }
        }
        for (ReadWorkload workload : workloads) {
            if (!represented.contains(workload.workload())) {
                expand(workload);
            }
        }
        return pods;
    }

    /** The topmost known owner. All workloads on the way are marked as represented. */
    private Workload top(Owner owner, String namespace) {
        Workload current = new Workload(owner.kind(), namespace, owner.name());
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            represented.add(current);
            Optional<Owner> above = Optional.ofNullable(known.get(current)).flatMap(ReadWorkload::owner);
            if (above.isEmpty()) {
                break;
            }
            current = new Workload(above.get().kind(), namespace, above.get().name());
        }
        return current;
    }

    /**
     * A Deployment's ReplicaSet is named after it and the hash that its pods carry as label, so the Deployment is known
     * even where the ReplicaSet is not in the input.
     */
    private Owner deploymentOf(ReadPod pod, Owner owner) {
        boolean listed = known.containsKey(new Workload("ReplicaSet", pod.namespace(), owner.name()));
        return listed ? owner : deploymentOf(pod.shape().labels(), owner);
    }

    /** The same, whatever is in the input: the Deployment of a ReplicaSet, or the owner itself. */
    static Owner deploymentOf(Map<String, String> labels, Owner owner) {
        String hash = labels.getOrDefault("pod-template-hash", "");
        String suffix = "-" + hash;
        boolean made = owner.kind().equals("ReplicaSet")
                && !hash.isEmpty()
                && owner.name().endsWith(suffix)
                && owner.name().length() > suffix.length();
        return made
                ? new Owner("Deployment", owner.name().substring(0, owner.name().length() - suffix.length()))
                : owner;
    }

    private void expand(ReadWorkload read) {
        Workload workload = read.workload();
        Workload top = read.owner().map(o -> top(o, workload.namespace())).orElse(workload);
        ReadPod template = read.template();
        boolean onePerNode = read.pods() == ReadWorkload.ONE_PER_NODE;
        int count = onePerNode ? Math.max(1, nodes.size()) : read.pods();
        if (tooMany) {
            return;
        }
        if (count > MOST_PODS - pods.size()) {
            tooMany = true;
            problems.in(template.position().file())
                    .error(
                            "too-many-pods",
                            new Place(
                                    template.position().line(),
                                    template.position().column()),
                            workload + " asks for " + count + " pods; a cluster holds at most " + MOST_PODS,
                            "");
            return;
        }
        if (onePerNode && !nodes.isEmpty()) {
            nodes.forEach(n -> add(template, workload.name() + "-" + n.name(), n.name(), top));
            return;
        }
        int first = workload.kind().equals("StatefulSet") ? 0 : 1;
        for (int i = first; i < first + count; i++) {
            add(template, workload.name() + "-" + i, template.node(), top);
        }
    }

    private ServiceAccount account(ReadPod pod) {
        String name = pod.shape().account();
        return new ServiceAccount(name, accountLabels.getOrDefault(pod.namespace() + "/" + name, Map.of()));
    }

    private void add(ReadPod pod, String name, String node, Workload workload) {
        String free = name;
        while (!names.add(pod.namespace() + "/" + free)) {
            free = free + "-" + workload.kind().toLowerCase(java.util.Locale.ROOT);
        }
        pods.add(new Pod(
                pod.namespace(),
                free,
                pod.shape().labels(),
                pod.ips(),
                node,
                pod.shape().hostNetwork(),
                pod.shape().ports(),
                workload,
                pod.position(),
                account(pod)));
    }
}
