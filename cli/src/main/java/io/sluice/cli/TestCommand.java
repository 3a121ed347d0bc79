package io.sluice.cli;

import io.sluice.analysis.intents.Coverage;
import io.sluice.analysis.intents.IntentFile;
import io.sluice.analysis.intents.IntentReport;
import io.sluice.analysis.intents.IntentRunner;
import io.sluice.analysis.intents.Mutation;
import io.sluice.analysis.intents.report.JsonReport;
import io.sluice.analysis.intents.report.JunitReport;
import io.sluice.analysis.intents.report.Result;
import io.sluice.analysis.intents.report.TapReport;
import io.sluice.analysis.intents.report.TextReport;
import io.sluice.policy.model.Snapshot;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the policies do what is meant. */
@Command(
        name = "test",
        description = {
            "Do the policies do what we mean? Holds a file of intents against them: who may reach whom, who may not, and",
            "who is the only one.",
            "",
            "  tests:",
            "    - name: the front end reaches the catalog",
            "      from: shop/web",
            "      to: shop/catalog",
            "      ports: [TCP 8080]            # everything where left out",
            "      expect: allow                # or deny",
            "      why: pages list products",
            "    - name: the database has one client",
            "      to: data/orders-db           # or from: for what somebody may reach",
            "      only:                        # these and nothing else; atMost: these need not be allowed",
            "        - from: {namespace: shop, labels: {app: checkout}}",
            "          ports: [TCP 5432]",
            "",
            "from and to are NAMESPACE/NAME of a pod or workload, {namespace, labels}, any (every pod), world, an address,",
            "a CIDR, node, or a list of these. Whoever stands for nobody is an error."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 all hold; 1 some do not; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  sluice test examples/shop --tests examples/shop/intents.yaml",
            "  sluice test . --tests intents.yaml -o junit > report.xml",
            "  sluice test . --tests intents.yaml --coverage --mutate"
        })
final class TestCommand implements Callable<Integer> {
    private static final long SLOW_NANOS = 1_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    Paths paths = new Paths();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(
            names = {"-t", "--tests"},
            paramLabel = "FILE",
            required = true,
            description = "The intents.")
    String tests = "";

    @Option(names = "--coverage", description = "Also: which rules no test exercises.")
    boolean coverage;

    @Option(
            names = "--mutate",
            description = "Also: which single mistakes in the policies (something left out, or widened to all) no test"
                    + " notices.")
    boolean mutate;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, tap, junit or json (default: text).")
    Format format = Format.TEXT;

    /** What is printed. */
    enum Format {
        TEXT,
        TAP,
        JUNIT,
        JSON
    }

    @Override
    public Integer call() {
        sources.check("test", paths.all);
        PrintWriter err = spec.commandLine().getErr();
        IntentFile file = Intents.read(tests);
        Snapshot snapshot = file.complete(Inputs.of(sources, err).snapshot(paths.all));
        IntentRunner runner = new IntentRunner(file, snapshot);
        Intents.refuse(runner.problems());
        IntentReport report = runner.run();
        Optional<Coverage> covered = coverage ? Optional.of(Coverage.of(runner)) : Optional.empty();
        Optional<Mutation> mutation = Optional.empty();
        if (mutate && report.holds()) {
            mutation = Optional.of(Mutation.of(file, snapshot, progress(err)));
        } else if (mutate) {
            err.println("sluice: mistakes are put into policies only when every test holds");
        }
        print(report, snapshot, covered, mutation);
        Inputs.meshLeftOut(err, snapshot);
        return report.holds() ? 0 : 1;
    }

    private static IntConsumer progress(PrintWriter err) {
        long[] next = {System.nanoTime() + SLOW_NANOS};
        return tried -> {
            if (System.nanoTime() - next[0] > 0) {
                next[0] = System.nanoTime() + SLOW_NANOS;
                err.println("tried " + tried + " mistakes");
            }
        };
    }

    private void print(
            IntentReport report, Snapshot snapshot, Optional<Coverage> covered, Optional<Mutation> mutation) {
        PrintWriter out = spec.commandLine().getOut();
        Style style = Style.ofStdout();
        out.print(
                switch (format) {
                    case TEXT -> new TextReport(style::green, style::red).of(Result.of(report, snapshot));
                    case TAP -> TapReport.of(Result.of(report, snapshot));
                    case JUNIT -> JunitReport.of("test", tests, Result.of(report, snapshot));
                    case JSON -> JsonReport.of(report, snapshot, covered, mutation);
                });
        // In a format for programs these lines have no place; there they go beside it.
        PrintWriter beside = format == Format.TEXT ? out : spec.commandLine().getErr();
        if (format != Format.JSON) {
            covered.map(TextReport::of).ifPresent(beside::print);
            mutation.map(TextReport::of).ifPresent(beside::print);
        }
        out.flush();
        beside.flush();
    }
}
