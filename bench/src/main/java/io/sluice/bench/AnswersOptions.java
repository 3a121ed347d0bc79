package io.sluice.bench;

import io.sluice.testing.LargeCluster;
import io.sluice.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options of the benchmark of answers. */
final class AnswersOptions {
    private static final long SEED = 1;
    private static final int PODS = 5_413;
    private static final int POLICIES = 13_678;

    @Option(
            names = "--small-runs",
            defaultValue = "20",
            description = "Of each command on the small folder; ${DEFAULT-VALUE} by default.")
    int smallRuns;

    @Option(
            names = "--large-runs",
            defaultValue = "3",
            description = "Of each command on a large cluster; ${DEFAULT-VALUE} by default.")
    int largeRuns;

    @Option(
            names = "--most",
            defaultValue = "180",
            description = "Seconds after which a program is given up; ${DEFAULT-VALUE} by default.")
    int most;

    @Option(
            names = "--cluster",
            split = ",",
            defaultValue = "near,spread",
            description = "near: rules within a namespace; spread: rules across namespaces; none. Both by default.")
    List<String> clusters = List.of();

    @Option(names = "--no-peers", description = "Leave out the tools of others.")
    boolean noPeers;

    String run(Consumer<String> progress) throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("sluice.root", "."));
        Path folder = root.resolve("bench").resolve("target").resolve("answers");
        AnswersBench.Plan plan = new AnswersBench.Plan(
                root.resolve("sluice"),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                folder,
                SharedFiles.find("real/online-boutique"),
                smallRuns,
                largeRuns,
                Duration.ofSeconds(most),
                !noPeers);
        List<Corpus> corpora = new ArrayList<>();
        for (String cluster : clusters) {
            switch (cluster) {
                case "near" ->
                    corpora.add(Corpus.write(
                            "5,413 pods and 13,678 policies, most rules within a namespace",
                            LargeCluster.of(SEED, PODS, POLICIES),
                            folder.resolve(cluster)));
                case "spread" ->
                    corpora.add(Corpus.write(
                            "5,413 pods and 13,678 policies, rules across all namespaces",
                            GeneratedCluster.of(GeneratedCluster.Shape.PRODUCTION),
                            folder.resolve(cluster)));
                case "none" -> {}
                default -> throw new IllegalArgumentException("--cluster: no cluster " + cluster);
            }
        }
        return new AnswersBench(plan, progress).run(corpora);
    }
}
