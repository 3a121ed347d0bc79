package io.sluice.cli;

import io.sluice.lab.Lab;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what runs. */
@Command(
        name = "status",
        addMethodSubcommands = false,
        description = "What runs, and what is in force.",
        mixinStandardHelpOptions = true)
final class LabStatusCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Console console = Console.of(spec);
        Optional<Lab> lab = Lab.current();
        if (lab.isEmpty()) {
            console.out().println("no lab");
            return 1;
        }
        console.out()
                .println(LabSession.summary(lab.get().snapshot()) + ", up since "
                        + lab.get().state().since());
        Lab.enforcement()
                .ifPresentOrElse(
                        lines -> lines.lines().forEach(line -> console.out().println("  " + line)),
                        () -> console.out()
                                .println("  agent: not running; what is in the kernel stays in force, and 'sluice lab"
                                        + " apply PATH' starts a new agent"));
        if (!Lab.alive()) {
            console.out().println("  host: not running; the pods' ports are closed until 'sluice lab apply PATH'");
        }
        return 0;
    }
}
