package io.sluice.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a running lab to changed manifests. */
@Command(
        name = "apply",
        addMethodSubcommands = false,
        description = "Bring the lab that is up to these manifests: policies, and pods that came or went.",
        mixinStandardHelpOptions = true)
final class LabApplyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files or folders of manifests; - is stdin.")
    List<String> paths = List.of();

    @Option(names = "--no-policies", description = "Leave the policies of the manifests out.")
    boolean withoutPolicies;

    @Override
    public Integer call() {
        Console console = Console.of(spec);
        console.out().println(LabSession.apply(Inputs.snapshot(paths, console.err()), withoutPolicies));
        return 0;
    }
}
