package io.sluice.bench;

import io.sluice.bench.GeneratedCluster.Shape;
import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.enforce.NodeTables;
import io.sluice.policy.model.Change;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.VerdictTable;
import java.util.List;
import java.util.function.Consumer;

/**
 * From an edited policy to the kernel of one node, as the agent does it: the change is made in its live table, which is
 * cut to the node and applied, as often as a policy that selects pods of the node is edited.
 */
final class EditBench {
    private static final int WARM_UP = 10;
    private static final List<Cidr> POD_RANGES = List.of(Cidr.parse("10.0.0.0/8"));

    private static final List<Shape> SHAPES =
            List.of(new Shape(200, 20, 50, 12, 60, 15), new Shape(5_000, 500, 2_000, 500, 2_300, 800));

    private final int edits;
    private final Consumer<String> progress;

    EditBench(int edits, Consumer<String> progress) {
        this.edits = edits;
        this.progress = progress;
    }

    /** The result in Markdown. */
    String run() throws Exception {
        Table table = new Table(
                "backend",
                "cluster",
                "change p50, ms",
                "cut to the node, ms",
                "apply, ms",
                "all p50, ms",
                "all p99, ms");
        for (Shape shape : SHAPES) {
            String cluster = Text.count(shape.pods()) + " pods, " + Text.count(shape.policies()) + " policies";
            for (Backend backend : Backend.values()) {
                progress.accept("edits under " + backend.word + ", " + cluster);
                measure(backend, shape, cluster, table);
            }
        }
        return "A policy is edited, in a live table; " + Text.count(edits) + " edits each:\n\n" + table;
    }

    private void measure(Backend backend, Shape shape, String cluster, Table results) throws Exception {
        Snapshot snapshot = GeneratedCluster.of(shape);
        LiveTable live = LiveTable.of(snapshot);
        String node = snapshot.pods().getFirst().node();
        List<Policy> policies = editable(snapshot, node);
        double[] changed = new double[edits];
        double[] cut = new double[edits];
        double[] applied = new double[edits];
        double[] all = new double[edits];
        try (Closing closing = new Closing()) {
            Topology topology = closing.add(Topology.create());
            Dataplane dataplane = closing.add(backend.open(topology.router()));
            closing.add(dataplane::remove);
            for (int i = -WARM_UP; i < edits; i++) {
                Policy edited = GeneratedCluster.edited(policies.get(Math.floorMod(i, policies.size())), WARM_UP + i);
                long start = System.nanoTime();
                VerdictTable verdicts = live.apply(new Change.PutPolicy(edited));
                long afterChange = System.nanoTime();
                NodeTable table = NodeTables.of(verdicts, node, POD_RANGES, NodeTable.Mode.DEFAULT);
                long afterCut = System.nanoTime();
                dataplane.apply(table);
                long end = System.nanoTime();
                if (i >= 0) {
                    changed[i] = (afterChange - start) / 1e6;
                    cut[i] = (afterCut - afterChange) / 1e6;
                    applied[i] = (end - afterCut) / 1e6;
                    all[i] = (end - start) / 1e6;
                }
            }
        }
        results.add(
                "Sluice " + backend.word,
                cluster,
                Text.figure(new Series(changed).median()),
                Text.figure(new Series(cut).median()),
                Text.figure(new Series(applied).median()),
                Text.figure(new Series(all).median()),
                Text.figure(new Series(all).quantile(0.99)));
    }

    /** The policies with rules that select pods of the node. */
    private static List<Policy> editable(Snapshot snapshot, String node) {
        return snapshot.policies().stream()
                .filter(policy -> policy.sections().stream()
                        .anyMatch(section -> !section.rules().isEmpty()))
                .filter(policy -> snapshot.pods().stream()
                        .anyMatch(pod -> pod.node().equals(node)
                                && policy.subject().namespaces().matches(snapshot.namespaceOf(pod))
                                && policy.subject().pods().matches(pod.labels())))
                .toList();
    }
}
