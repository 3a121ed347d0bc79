package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Whether two states allow the same connections; if not, one that tells them apart. */
@Command(
        name = "equal",
        description = {
            "Whether two states allow the same connections; if not, one that tells them apart.",
            "Pods, nodes and every range of addresses are looked at, on all ports and protocols."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 it holds; 1 it does not, with a witness; 2 wrong use or unreadable input.",
            "",
            "Example:",
            "  sluice check equal policies/ new-policies/ --with manifests/"
        })
final class CheckEqualCommand implements Callable<Integer> {
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
                false,
                "equal: the two allow the same connections",
                "not equal");
    }
}
