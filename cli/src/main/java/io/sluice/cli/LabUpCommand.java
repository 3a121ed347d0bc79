package io.sluice.cli;

import io.sluice.lab.Lab;
import io.sluice.policy.model.Snapshot;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a lab up and leaves it running. */
@Command(
        name = "up",
        addMethodSubcommands = false,
        description = "Bring a cluster up and leave it running, its policies enforced.",
        mixinStandardHelpOptions = true)
final class LabUpCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files or folders of manifests; - is stdin.")
    List<String> paths = List.of();

    @Mixin
    LabOptions options = new LabOptions();

    @Option(names = "--watch", description = "Stay, and enforce edited policies at once, until Ctrl-C.")
    boolean watch;

    @Override
    public Integer call() {
        Console console = Console.of(spec);
        Snapshot snapshot = Inputs.snapshot(paths, console.err());
        Lab lab = LabSession.up(snapshot, options, console);
        console.out().println(LabSession.summary(lab.snapshot()));
        if (watch) {
            new LabWatch(paths, options.withoutPolicies, console).run();
        } else {
            console.out().println("Try: sluice lab verify; sluice lab probe FROM TO:PORT; sluice lab down");
        }
        return 0;
    }
}
