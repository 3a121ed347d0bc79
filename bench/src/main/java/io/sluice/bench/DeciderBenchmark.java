package io.sluice.bench;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Snapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The reference: one connection, every policy read, the whole trace kept. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class DeciderBenchmark {
    private static final int CONNECTIONS = 4096;

    @Param({"production", "large"})
    public String shape = "";

    private Snapshot snapshot = Snapshot.of(List.of(), List.of(), List.of(), List.of(), List.of());
    private List<Connection> connections = List.of();
    private int next;

    /** Makes the cluster. */
    @Setup
    public void generate() {
        snapshot = Clusters.named(shape).make();
        connections = GeneratedCluster.connections(snapshot, CONNECTIONS);
    }

    /** One decision. */
    @Benchmark
    public Decision decide() {
        next = (next + 1) % CONNECTIONS;
        return Decider.decide(snapshot, connections.get(next));
    }
}
