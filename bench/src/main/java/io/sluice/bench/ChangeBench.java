package io.sluice.bench;

import io.sluice.bench.SampleTables.NodeShape;
import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.NodeTable;
import java.util.List;
import java.util.function.Consumer;

/**
 * One policy changes: the time from the new table to the moment when every packet is judged by it, which is when
 * {@link Dataplane#apply} returns.
 */
final class ChangeBench {
    private static final int WARM_UP = 20;

    /** The sizes that are measured, by what they stand for. */
    private static final List<Size> SIZES = List.of(
            new Size("200 pods, 50 policy sets", new NodeShape(200, 100, 50, 20)),
            new Size("5,000 pods, 100 policy sets", new NodeShape(5_000, 1_000, 100, 50)));

    private final int changes;
    private final Consumer<String> progress;

    private record Size(String name, NodeShape shape) {}

    /** @param changes to measure, for each backend and size */
    ChangeBench(int changes, Consumer<String> progress) {
        this.changes = changes;
        this.progress = progress;
    }

    /** The result in Markdown. */
    String run() throws Exception {
        Topology.removeLeftovers();
        Table table = new Table(
                "backend", "table", "rows in force", "first, ms", "p50, ms", "p99, ms", "most, ms", "rows a change");
        for (Size size : SIZES) {
            for (Backend backend : Backend.values()) {
                progress.accept("changes under " + backend.word + ", " + size.name);
                measure(backend, size, table);
            }
        }
        return "A port in the ingress policy of one policy set changes; " + Text.count(changes) + " changes each:\n\n"
                + table;
    }

    private void measure(Backend backend, Size size, Table results) throws Exception {
        try (Closing closing = new Closing()) {
            Topology topology = closing.add(Topology.create());
            Dataplane dataplane = closing.add(backend.open(topology.router()));
            closing.add(dataplane::remove);
            int[] edits = new int[size.shape.policySets()];
            NodeTable table = SampleTables.forNode(size.shape, edits);
            long start = System.nanoTime();
            Dataplane.Applied applied = dataplane.apply(table);
            double first = (System.nanoTime() - start) / 1e6;
            double[] millis = new double[changes];
            long written = 0;
            for (int i = -WARM_UP; i < changes; i++) {
                edits[Math.floorMod(i, edits.length)]++;
                table = SampleTables.forNode(size.shape, edits);
                start = System.nanoTime();
                int rows = dataplane.apply(table).rowsWritten();
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - start) / 1e6;
                    written += rows;
                }
            }
            Series series = new Series(millis);
            results.add(
                    "Sluice " + backend.word,
                    size.name,
                    Text.count(applied.rowsInForce()),
                    Text.figure(first),
                    Text.figure(series.median()),
                    Text.figure(series.quantile(0.99)),
                    Text.figure(series.max()),
                    Text.figure((double) written / changes));
        }
    }
}
