package io.sluice.bench;

import io.sluice.bench.Load.Processors;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The entry point: {@code bench/run}. Results go to standard output, progress to standard error. */
@Command(
        name = "bench/run",
        description =
                "What Sluice costs. Each benchmark prints its own comparison, as Markdown. Packets, pods and changes"
                        + " need root.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "all|packet|pods|change|policy|answers",
        footer = {
            "",
            "Examples:",
            "  bench/run pods --seconds 60 --only eBPF      one minute, Sluice's eBPF against the baseline",
            "  bench/run all --record docs/performance.md   everything, results into the document"
        })
public final class Main {
    private final Report report = new Report(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    private final Consumer<String> progress = System.err::println;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Put the results into FILE as well, between its marks (docs/performance.md has them).")
    @Nullable
    Path record;

    private Main() {}

    /** The options of the network benchmark. */
    static final class PodsOptions {
        @Option(names = "--family", defaultValue = "4", description = "IP version; ${DEFAULT-VALUE} by default.")
        int family;

        @Option(
                names = "--seconds",
                defaultValue = "230",
                description = "What it may take, set-up included; ${DEFAULT-VALUE} by default.")
        int seconds;

        @Option(
                names = "--turn",
                defaultValue = "150",
                description = "Milliseconds under load in a turn; ${DEFAULT-VALUE} by default.")
        int turn;

        @Option(
                names = "--cpus",
                defaultValue = "last,last",
                description =
                        "Processor of client and of server: a number, 'last' or 'any'; ${DEFAULT-VALUE} by default,"
                                + " so that one processor does all the work and the rate is its inverse.")
        String cpus = "";

        @Option(
                names = "--only",
                defaultValue = ".*",
                description = "Configurations whose name has a match of this; the baseline is always there.")
        Pattern only = Pattern.compile(".*");

        PodsBench.Plan plan() {
            String[] two = cpus.split(",", -1);
            if (two.length != 2) {
                throw new IllegalArgumentException("--cpus takes two, as in 0,1: " + cpus);
            }
            return new PodsBench.Plan(
                    Family.ofVersion(family),
                    new Processors(processor(two[0]), processor(two[1])),
                    Duration.ofSeconds(seconds),
                    Duration.ofMillis(turn));
        }

        private static int processor(String word) {
            return switch (word) {
                case "any" -> -1;
                case "last" -> Runtime.getRuntime().availableProcessors() - 1;
                default -> Integer.parseInt(word);
            };
        }
    }

    /** Runs the benchmark and ends the process with its exit status. */
    public static void main(String[] args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main).setExecutionExceptionHandler((e, _, _) -> {
            System.err.println("bench: " + e.getMessage());
            e.printStackTrace();
            return 2;
        });
        int status = line.execute(args);
        System.exit(status == 0 ? main.recorded() : status);
    }

    @Command(description = "Everything, one after the other; about twenty minutes.")
    void all() throws Exception {
        machine();
        packet();
        pods(CommandLine.populateCommand(new PodsOptions()));
        change(200);
        policy(2_000);
        answers(CommandLine.populateCommand(new AnswersOptions()));
    }

    @Command(description = "The BPF program on crafted packets: nanoseconds a packet.")
    void packet() throws Exception {
        report.section("packet", new PacketBench(progress).run());
    }

    @Command(description = "TCP between two pods, side by side.")
    void pods(@Mixin PodsOptions options) throws Exception {
        report.section("pods", new PodsBench(Configuration.all(options.only), options.plan(), progress).run());
    }

    @Command(description = "A policy changes: until the kernel judges by it.")
    void change(
            @Option(
                            names = "--changes",
                            defaultValue = "200",
                            description = "Of each kind; ${DEFAULT-VALUE} by default.")
                    int changes)
            throws Exception {
        report.section(
                "change", new ChangeBench(changes, progress).run() + "\n" + new EditBench(changes, progress).run());
    }

    @Command(description = "The policy engine: whole builds, single changes, decisions; some of it by JMH.")
    void policy(
            @Option(
                            names = "--changes",
                            defaultValue = "2000",
                            description = "Of each kind; ${DEFAULT-VALUE} by default.")
                    int changes)
            throws Exception {
        report.section(
                "policy",
                Machine.describe() + "\n\n" + new TableSize(progress).run() + "\n"
                        + new LiveTableBench(changes, progress).run(List.of(Clusters.values())) + "\n"
                        + PolicyBench.run());
    }

    @Command(description = "The verbs of the command line, whole processes, beside what else can be installed here.")
    void answers(@Mixin AnswersOptions options) throws Exception {
        report.section("answers", Machine.describe() + "\n\n" + options.run(progress));
    }

    private void machine() throws IOException {
        report.section("machine", Machine.describe());
    }

    private int recorded() {
        try {
            if (record != null) {
                report.record(record);
            }
            return 0;
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
            return 2;
        }
    }
}
