package io.sluice.cli;

import io.sluice.analysis.intents.IntentFile;
import io.sluice.lab.Lab;
import io.sluice.lab.LabException;
import io.sluice.lab.probe.Family;
import io.sluice.lab.probe.PlanOptions;
import io.sluice.policy.model.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries every pair for real. */
@Command(
        name = "verify",
        description = {
            "Try every pair on every port with real connections and compare with the policies.",
            "With PATH: a fresh lab, taken down afterwards. Without: the lab that is up.",
            "With --tests: what a file of intents says, as 'sluice test' takes it, instead of what the policies say.",
            "Exit status 1 if a connection did not behave as expected."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Examples:",
            "  sluice lab verify examples/shop                                       every pair, once",
            "  sluice lab verify examples/shop --tests examples/shop/intents.yaml    what is meant",
            "  sluice lab verify -o junit > report.xml                               the lab that is up"
        })
final class LabVerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "Files or folders of manifests; - is stdin.")
    List<String> paths = List.of();

    @Mixin
    LabOptions options = new LabOptions();

    @Option(names = "--family", paramLabel = "4|6", description = "One address family only.")
    int family;

    @Option(names = "--pods-only", description = "Pods to pods on their own ports: no Services, nodes or outside.")
    boolean podsOnly;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json or junit (default: text).")
    Format format = Format.TEXT;

    @Option(
            names = {"-t", "--tests"},
            paramLabel = "FILE",
            description = "Intents, to be tried instead of every pair.")
    String tests = "";

    /** What is printed. */
    enum Format {
        TEXT,
        JSON,
        JUNIT
    }

    @Override
    public Integer call() {
        Console console = Console.of(spec);
        PlanOptions plan = plan();
        Optional<IntentFile> intents = tests.isEmpty() ? Optional.empty() : Optional.of(Intents.read(tests));
        if (intents.isPresent() && !plan.equals(PlanOptions.EVERYTHING)) {
            throw new Refusal("--family and --pods-only choose among all pairs; --tests says itself what is tried");
        }
        if (paths.isEmpty()) {
            Lab lab = Lab.current()
                    .orElseThrow(() ->
                            new Refusal("There is no lab to verify. Give a PATH, or bring one up: sluice lab up PATH"));
            return verify(lab, plan, intents, console);
        }
        Snapshot read = Inputs.snapshot(paths, console.err());
        Snapshot snapshot = intents.map(file -> file.complete(read)).orElse(read);
        Thread undo = new Thread(() -> Lab.down(_ -> {}));
        Lab lab = LabSession.up(snapshot, options, console);
        Runtime.getRuntime().addShutdownHook(undo);
        try {
            return verify(lab, plan, intents, console);
        } finally {
            Lab.down(_ -> {});
            Runtime.getRuntime().removeShutdownHook(undo);
        }
    }

    private int verify(Lab lab, PlanOptions plan, Optional<IntentFile> intents, Console console) {
        try {
            return intents.isPresent()
                    ? live(LiveIntents.run(intents.get(), lab, console), console)
                    : all(Verification.run(lab.snapshot(), plan, console), console);
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
    }

    private int all(Verification verification, Console console) {
        switch (format) {
            case TEXT -> verification.printText(console);
            case JSON -> verification.printJson(console.out());
            case JUNIT -> console.out().print(verification.junit());
        }
        console.out().flush();
        return verification.mismatches() == 0 ? 0 : 1;
    }

    private int live(LiveIntents live, Console console) {
        LiveReport report = new LiveReport(live);
        switch (format) {
            case TEXT -> report.printText(console);
            case JSON -> console.out().print(report.json());
            case JUNIT -> console.out().print(report.junit());
        }
        console.out().flush();
        return live.failed() == 0 ? 0 : 1;
    }

    private PlanOptions plan() {
        PlanOptions wanted = podsOnly ? PlanOptions.PODS : PlanOptions.EVERYTHING;
        return switch (family) {
            case 0 -> wanted;
            case 4 -> wanted.only(Family.V4);
            case 6 -> wanted.only(Family.V6);
            default -> throw new Refusal("--family is 4 or 6, not " + family);
        };
    }
}
