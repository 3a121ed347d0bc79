package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Whether A allows everything that B allows; if not, a connection that B allows and A does not. */
@Command(
        name = "contains",
        description = {
            "Whether A allows everything that B allows; if not, a connection that B allows and A does not.",
            "Pods, nodes and every range of addresses are looked at, on all ports and protocols."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 it holds; 1 it does not, with a witness; 2 wrong use or unreadable input.",
            "",
            "Example:",
            "  sluice check contains policies/ new-policies/ --with manifests/"
        })
final class CheckContainsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    CheckPair pair = new CheckPair();

    @Override
    public Integer call() {
        return pair.run(
                spec.commandLine().getOut(),
                spec.commandLine().getErr(),
                true,
                "contains: the first allows everything that the second allows",
                "does not contain");
    }
}
