package io.sluice.bench;

import io.sluice.policy.model.Change;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.VerdictTable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * One change at a time of a live table, each of another pod or policy, and what a reader asks next: the decisions
 * between a pod that the change is about and ten others, and all rows of its policy set, which is what its node writes
 * to the kernel. Time on the clock and, because others may use the machine, the processor time of the thread.
 */
final class LiveTableBench {
    private static final int WARM_UP = 500;
    private static final int PEERS = 10;

    /** Has no common divisor with the sizes of the clusters, so that its multiples are different pods and policies. */
    private static final int STRIDE = 7_919;

    private final int changes;
    private final Consumer<String> progress;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Table results = new Table(
            "change, times in us",
            "cluster",
            "change p50",
            "p99",
            "most",
            "and reading p50",
            "p99",
            "most",
            "processor p50",
            "p99",
            "most");

    LiveTableBench(int changes, Consumer<String> progress) {
        this.changes = changes;
        this.progress = progress;
    }

    /** The result in Markdown. */
    String run(List<Clusters> clusters) {
        clusters.forEach(cluster -> new Run(cluster).all());
        return "A live table; %s changes of each kind, each of another pod or policy, one at a time:%n%n%s"
                .formatted(Text.count(changes), results);
    }

    /** A change, and the pod that a reader asks about afterwards. */
    private record Step(Change change, Pod asked) {}

    private final class Run {
        private final Clusters cluster;
        private final Snapshot snapshot;
        private final LiveTable live;

        /** For each policy a pod that it selects. */
        private final Map<PolicyId, Pod> selected = new HashMap<>();

        private final List<Policy> policies;

        Run(Clusters cluster) {
            this.cluster = cluster;
            snapshot = cluster.make();
            live = LiveTable.of(snapshot);
            VerdictTable table = live.table();
            for (Pod pod : snapshot.pods()) {
                table.policySets()
                        .get(table.policySetOf(pod))
                        .policies()
                        .forEach(policy -> selected.putIfAbsent(policy.id(), pod));
            }
            policies = snapshot.policies().stream()
                    .filter(policy -> selected.containsKey(policy.id()))
                    .toList();
        }

        void all() {
            int whole = WARM_UP + changes;
            measure("none: only reading", i -> new Step(new Change.Services(List.of()), pod(i)));
            measure("pod added", i -> new Step(new Change.PutPod(copy(i)), copy(i)));
            measure("pod relabelled", i -> new Step(new Change.PutPod(relabelled(i)), relabelled(i)));
            measure("pod relabelled back", i -> new Step(new Change.PutPod(pod(i)), pod(i)));
            measure("pod removed", i -> new Step(new Change.RemovePod(pod(i).namespace(), copy(i).name()), pod(i)));
            measure("policy: a port", i -> step(new Change.PutPolicy(GeneratedCluster.edited(policy(i), i)), i));
            measure(
                    "policy: other rules",
                    i -> step(
                            new Change.PutPolicy(
                                    policy(i).with(policy(i + whole).sections())),
                            i));
            measure(
                    "policy removed",
                    i -> step(new Change.RemovePolicy(policy(i).id()), i));
            measure("policy added", i -> step(new Change.PutPolicy(policy(i)), i));
            measure("namespace relabelled", i -> new Step(new Change.PutNamespace(renamed(i)), pod(i)));
        }

        private Step step(Change change, int i) {
            return new Step(change, selected.getOrDefault(policy(i).id(), pod(i)));
        }

        private Pod pod(int i) {
            return snapshot.pods()
                    .get((int) ((long) i * STRIDE % snapshot.pods().size()));
        }

        private Policy policy(int i) {
            return policies.get((int) ((long) i * STRIDE % policies.size()));
        }

        private Pod copy(int i) {
            Pod pod = pod(i);
            return new Pod(
                    pod.namespace(),
                    pod.name() + "-new",
                    pod.labels(),
                    List.of(Ip.v4(0x0B000000 + i)),
                    pod.node(),
                    false,
                    pod.ports(),
                    pod.workload(),
                    pod.position());
        }

        /** With the labels of another pod and one of its own. */
        private Pod relabelled(int i) {
            Pod pod = pod(i);
            Map<String, String> labels = new HashMap<>(pod(i + 1).labels());
            labels.put("version", "v" + i);
            return new Pod(
                    pod.namespace(),
                    pod.name(),
                    labels,
                    pod.ips(),
                    pod.node(),
                    false,
                    pod.ports(),
                    pod.workload(),
                    pod.position());
        }

        private Namespace renamed(int i) {
            Namespace namespace = snapshot.namespaceOf(pod(i));
            Map<String, String> labels = new HashMap<>(namespace.labels());
            labels.put("team", i % 2 == 0 ? "team-1" : "red");
            return new Namespace(namespace.name(), labels);
        }

        private void measure(String what, IntFunction<Step> steps) {
            progress.accept(what + ", " + cluster.word);
            double[] change = new double[changes];
            double[] all = new double[changes];
            double[] processor = new double[changes];
            int restarts = live.restarts();
            for (int i = 0; i < WARM_UP + changes; i++) {
                Step step = steps.apply(i);
                long begin = threads.getCurrentThreadCpuTime();
                long start = System.nanoTime();
                VerdictTable table = live.apply(step.change);
                long changed = System.nanoTime();
                read(table, step.asked, i);
                long end = System.nanoTime();
                if (i >= WARM_UP) {
                    change[i - WARM_UP] = (changed - start) / 1e3;
                    all[i - WARM_UP] = (end - start) / 1e3;
                    processor[i - WARM_UP] = (threads.getCurrentThreadCpuTime() - begin) / 1e3;
                }
            }
            Series ofChange = new Series(change);
            Series ofAll = new Series(all);
            Series ofProcessor = new Series(processor);
            results.add(
                    what + (live.restarts() > restarts ? ", with a new start" : ""),
                    cluster.word,
                    Text.figure(ofChange.median()),
                    Text.figure(ofChange.quantile(0.99)),
                    Text.figure(ofChange.max()),
                    Text.figure(ofAll.median()),
                    Text.figure(ofAll.quantile(0.99)),
                    Text.figure(ofAll.max()),
                    Text.figure(ofProcessor.median()),
                    Text.figure(ofProcessor.quantile(0.99)),
                    Text.figure(ofProcessor.max()));
        }

        private void read(VerdictTable table, Pod pod, int i) {
            Party party = new Party.OfPod(pod, pod.ips().getFirst());
            for (int k = 1; k <= PEERS; k++) {
                Pod other = pod(i + k);
                Party peer = new Party.OfPod(other, other.ips().getFirst());
                table.verdict(new Connection(party, peer, Protocol.TCP, 8080));
                table.verdict(new Connection(peer, party, Protocol.TCP, 8080));
            }
            for (Direction direction : Direction.values()) {
                table.policySets()
                        .get(table.policySetOf(pod))
                        .side(direction)
                        .rows(Relation.OTHER)
                        .byPeer();
            }
        }
    }
}
