package io.sluice.cli;

import io.sluice.lab.Lab;
import io.sluice.lab.LabException;
import io.sluice.lab.probe.Family;
import io.sluice.lab.probe.PlanOptions;
import io.sluice.policy.model.Snapshot;
import java.util.List;
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
            "Exit status 1 if a connection did not behave as expected."
        },
        mixinStandardHelpOptions = true)
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
            description = "text or json (default: text).")
    Format format = Format.TEXT;

    /** What is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Override
    public Integer call() {
        Console console = Console.of(spec);
        if (paths.isEmpty()) {
            Lab lab = Lab.current()
                    .orElseThrow(() ->
                            new Refusal("There is no lab to verify. Give a PATH, or bring one up: sluice lab up PATH"));
            return verify(lab.snapshot(), console);
        }
        Snapshot snapshot = Inputs.snapshot(paths, console.err());
        Thread undo = new Thread(() -> Lab.down(_ -> {}));
        Lab lab = LabSession.up(snapshot, options, console);
        Runtime.getRuntime().addShutdownHook(undo);
        try {
            return verify(lab.snapshot(), console);
        } finally {
            Lab.down(_ -> {});
            Runtime.getRuntime().removeShutdownHook(undo);
        }
    }

    private int verify(Snapshot placed, Console console) {
        try {
            Verification verification = Verification.run(placed, plan(), console);
            switch (format) {
                case TEXT -> verification.printText(console);
                case JSON -> verification.printJson(console.out());
            }
            return verification.mismatches() == 0 ? 0 : 1;
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
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
