package io.sluice.bench;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.PolicySet;
import io.sluice.policy.table.Relation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/** A whole build of a live table: how long it takes, the first time and warm, and what it holds in memory. */
final class TableSize {
    private static final int BUILDS = 5;

    private final Consumer<String> progress;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    TableSize(Consumer<String> progress) {
        this.progress = progress;
    }

    /** The result in Markdown. */
    String run() throws InterruptedException {
        Table table = new Table(
                "whole build",
                "first, ms",
                "processor",
                "warm, ms",
                "processor",
                "all rows, ms",
                "processor",
                "rows",
                "memory, MB",
                "with all rows");
        for (Clusters cluster : Clusters.values()) {
            progress.accept("builds of " + cluster.word);
            measure(cluster, table);
        }
        return table.toString();
    }

    private void measure(Clusters cluster, Table table) throws InterruptedException {
        Snapshot snapshot = cluster.make();
        double[] clock = new double[BUILDS];
        double[] processor = new double[BUILDS];
        LiveTable live = null;
        long before = used();
        for (int i = 0; i < BUILDS; i++) {
            long begin = threads.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            live = LiveTable.of(snapshot);
            clock[i] = (System.nanoTime() - start) / 1e6;
            processor[i] = (threads.getCurrentThreadCpuTime() - begin) / 1e6;
        }
        long built = used();
        long begin = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        long rows = rows(Objects.requireNonNull(live));
        double rowsClock = (System.nanoTime() - start) / 1e6;
        double rowsProcessor = (threads.getCurrentThreadCpuTime() - begin) / 1e6;
        long full = used();
        // The table is reachable up to here.
        Reference.reachabilityFence(live);
        table.add(
                cluster.word,
                Text.figure(clock[0]),
                Text.figure(processor[0]),
                Text.figure(new Series(Arrays.copyOfRange(clock, 1, BUILDS)).median()),
                Text.figure(new Series(Arrays.copyOfRange(processor, 1, BUILDS)).median()),
                Text.figure(rowsClock),
                Text.figure(rowsProcessor),
                Text.count(rows),
                Text.count((built - before) >> 20),
                Text.count((full - before) >> 20));
    }

    private static long rows(LiveTable live) {
        long rows = 0;
        for (PolicySet set : live.table().policySets()) {
            for (Direction direction : Direction.values()) {
                for (Relation relation : Relation.values()) {
                    rows += set.side(direction).rows(relation).byPeer().size();
                }
            }
        }
        return rows;
    }

    /** The bytes that are in use after collecting what is not. */
    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
