package io.sluice.cli;

import io.sluice.lab.Lab;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what runs. */
@Command(name = "status", description = "What runs, and what is in force.", mixinStandardHelpOptions = true)
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
        console.out().println(LabSession.summary(lab.get().snapshot()) + ", up since "
                + lab.get().state().since());
        return 0;
    }
}
