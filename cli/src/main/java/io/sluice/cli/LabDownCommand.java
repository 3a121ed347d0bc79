package io.sluice.cli;

import io.sluice.lab.Lab;
import io.sluice.lab.LabException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the lab down. */
@Command(
        name = "down",
        addMethodSubcommands = false,
        description = "Take the lab away, and whatever one that was killed has left.",
        mixinStandardHelpOptions = true)
final class LabDownCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
        Console console = Console.of(spec);
        try {
            Lab.down(console::progress);
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
        return 0;
    }
}
