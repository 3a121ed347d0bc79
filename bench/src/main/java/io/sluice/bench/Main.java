package io.sluice.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The entry point: {@code bench/run}. */
@Command(
        name = "bench/run",
        description = "What Sluice costs. Each benchmark prints its own comparison, as Markdown.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[all|pods]")
public final class Main {
    private final Report report;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Put the results into FILE as well, between its marks (docs/performance.md has them).")
    @Nullable Path record;

    private Main(Report report) {
        this.report = report;
    }

    /** Runs the benchmark and ends the process with its exit status. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        Main main = new Main(new Report(out));
        System.exit(new CommandLine(main).execute(args));
    }

    @Command(description = "Everything, one after the other.")
    void all() throws Exception {
        machine();
        pods(4, 240, 300, 1, 1, ".*");
        end();
    }

    @Command(description = "TCP between two pods, side by side.")
    int pods(
            @Option(names = "--family", defaultValue = "4", description = "4 or 6; ${DEFAULT-VALUE} by default.")
                    int family,
            @Option(names = "--seconds", defaultValue = "240", description = "At most; ${DEFAULT-VALUE} by default.")
                    int seconds,
            @Option(names = "--turn", defaultValue = "300", description = "Milliseconds; ${DEFAULT-VALUE} by default.")
                    int turn,
            @Option(names = "--client-cpu", defaultValue = "1", description = "Processor, or -1 for any.")
                    int clientProcessor,
            @Option(names = "--server-cpu", defaultValue = "1", description = "Processor, or -1 for any.")
                    int serverProcessor,
            @Option(names = "--only", defaultValue = ".*", description = "Configurations by regular expression.")
                    String only)
            throws Exception {
        PodsBench.Plan plan = new PodsBench.Plan(
                Family.ofVersion(family),
                new Load.Processors(clientProcessor, serverProcessor),
                Duration.ofSeconds(seconds),
                Duration.ofMillis(turn));
        Pattern wanted = Pattern.compile(only);
        List<Configuration> configurations = configurations().stream()
                .filter(c -> c.name().equals(Configuration.BASELINE)
                        || wanted.matcher(c.name()).find())
                .toList();
        report.section("pods", new PodsBench(configurations, plan, System.err::println).run());
        return 0;
    }

    @Command(description = "A policy changes: until the kernel judges by it.")
    int change(
            @Option(names = "--changes", defaultValue = "300", description = "Of each; ${DEFAULT-VALUE} by default.")
                    int changes)
            throws Exception {
        report.section("change", new ChangeBench(changes, System.err::println).run());
        return 0;
    }

    @Command(description = "The policy engine, by JMH: the reference and the compiled table.")
    int policy() throws Exception {
        report.section("policy", PolicyBench.run());
        return 0;
    }

    private static List<Configuration> configurations() {
        List<Configuration> all = new ArrayList<>();
        all.add(Configuration.noNetfilter());
        all.add(Configuration.conntrackOnly());
        for (Backend backend : Backend.values()) {
            for (int rows : new int[] {10, 1_000, 100_000}) {
                all.add(Configuration.sluice(backend, rows));
            }
        }
        for (String variant : List.of("nft", "legacy")) {
            if (Configuration.hasIptables(variant)) {
                for (int rules : new int[] {10, 1_000, 10_000}) {
                    all.add(Configuration.iptables(variant, rules));
                }
            }
        }
        return all;
    }

    private void machine() throws Exception {
        report.section("machine", Machine.describe());
    }

    private void end() throws Exception {
        if (record != null) {
            report.record(record);
        }
    }
}
