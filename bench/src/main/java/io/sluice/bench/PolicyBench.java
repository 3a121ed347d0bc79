package io.sluice.bench;

import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The JMH benchmarks of this module, run together. */
final class PolicyBench {
    private PolicyBench() {}

    /** The result in Markdown. */
    static String run() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("io\\.sluice\\.bench\\..*")
                        .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx3g", "--sun-misc-unsafe-memory-access=allow")
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Table table = new Table("what", "cluster", "mean", "+/- (99.9 %)", "unit");
        for (RunResult result : results) {
            BenchmarkParams parameters = result.getParams();
            Result<?> primary = result.getPrimaryResult();
            String name = parameters.getBenchmark();
            table.add(
                    name.substring("io.sluice.bench.".length()).replace("Benchmark", ""),
                    parameters.getParam("shape"),
                    Text.figure(primary.getScore()),
                    Double.isNaN(primary.getScoreError()) ? "" : Text.figure(primary.getScoreError()),
                    primary.getScoreUnit());
        }
        return table.toString();
    }
}
