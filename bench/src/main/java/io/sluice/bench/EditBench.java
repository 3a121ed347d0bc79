package io.sluice.bench;

import io.sluice.bench.GeneratedCluster.Shape;
import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.enforce.NodeTables;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * From an edited policy to the kernel of one node: the cluster is compiled, cut to the node and applied, as often as a
 * policy that selects pods of the node is edited.
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
                "compile p50, ms",
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
        return "A policy is edited and the whole cluster compiled anew; " + Text.count(edits) + " edits each:\n\n"
                + table;
    }

    private void measure(Backend backend, Shape shape, String cluster, Table results) throws Exception {
        Snapshot snapshot = GeneratedCluster.of(shape);
        String node = snapshot.pods().getFirst().node();
        List<Integer> editable = editable(snapshot, node);
        double[] compiled = new double[edits];
        double[] cut = new double[edits];
        double[] applied = new double[edits];
        double[] all = new double[edits];
        try (Closing closing = new Closing()) {
            Topology topology = closing.add(Topology.create());
            Dataplane dataplane = closing.add(backend.open(topology.router()));
            closing.add(dataplane::remove);
            for (int i = -WARM_UP; i < edits; i++) {
                int which = editable.get(Math.floorMod(i, editable.size()));
                List<Policy> policies = new ArrayList<>(snapshot.policies());
                policies.set(which, GeneratedCluster.edited(policies.get(which), WARM_UP + i));
                snapshot = snapshot.withPolicies(policies);
                long start = System.nanoTime();
                VerdictTable verdicts = VerdictTable.of(snapshot);
                long afterCompile = System.nanoTime();
                NodeTable table = NodeTables.of(verdicts, node, POD_RANGES, NodeTable.Mode.DEFAULT);
                long afterCut = System.nanoTime();
                dataplane.apply(table);
                long end = System.nanoTime();
                if (i >= 0) {
                    compiled[i] = (afterCompile - start) / 1e6;
                    cut[i] = (afterCut - afterCompile) / 1e6;
                    applied[i] = (end - afterCut) / 1e6;
                    all[i] = (end - start) / 1e6;
                }
            }
        }
        results.add(
                "Sluice " + backend.word,
                cluster,
                Text.figure(new Series(compiled).median()),
                Text.figure(new Series(cut).median()),
                Text.figure(new Series(applied).median()),
                Text.figure(new Series(all).median()),
                Text.figure(new Series(all).quantile(0.99)));
    }

    /** The policies with rules that select pods of the node, by their place. */
    private static List<Integer> editable(Snapshot snapshot, String node) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < snapshot.policies().size(); i++) {
            Policy policy = snapshot.policies().get(i);
            boolean hasRules = policy.sections().stream()
                    .anyMatch(section -> !section.rules().isEmpty());
            boolean selects = snapshot.pods().stream()
                    .anyMatch(pod -> pod.node().equals(node)
                            && policy.subject().namespaces().matches(snapshot.namespaceOf(pod))
                            && policy.subject().pods().matches(pod.labels()));
            if (hasRules && selects) {
                places.add(i);
            }
        }
        return places;
    }
}
