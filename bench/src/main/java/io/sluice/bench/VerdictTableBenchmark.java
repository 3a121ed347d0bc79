package io.sluice.bench;

import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.table.VerdictTable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The compiled table: making it for a whole cluster, and asking it. */
@State(Scope.Benchmark)
@Fork(1)
public class VerdictTableBenchmark {
    private static final int CONNECTIONS = 4096;

    @Param({"production", "large", "workloads"})
    public String shape = "";

    private Snapshot snapshot = Snapshot.of(List.of(), List.of(), List.of(), List.of(), List.of());
    private VerdictTable table = VerdictTable.of(snapshot);
    private List<Connection> connections = List.of();
    private List<Known> known = List.of();
    private int next;

    /** A connection whose parties were looked up before. */
    private record Known(VerdictTable.End from, VerdictTable.End to, int key) {}

    /** Makes the cluster and its table. */
    @Setup(Level.Trial)
    public void generate() {
        snapshot = Clusters.named(shape).make();
        table = VerdictTable.of(snapshot);
        connections = GeneratedCluster.connections(snapshot, CONNECTIONS);
        known = connections.stream()
                .map(c -> new Known(table.end(c.from()), table.end(c.to()), c.trafficKey()))
                .toList();
    }

    /** A whole cluster, from nothing. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 2)
    @Measurement(iterations = 5)
    public VerdictTable compile() {
        return VerdictTable.of(snapshot);
    }

    /** Both directions of one connection. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public Verdict verdict() {
        next = (next + 1) % CONNECTIONS;
        return table.verdict(connections.get(next));
    }

    /** The same, its parties looked up before, as those do who ask about every pair. */
    @Benchmark
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public boolean allows() {
        next = (next + 1) % CONNECTIONS;
        Known one = known.get(next);
        return table.allows(one.from, one.to, one.key, false);
    }
}
