package io.sluice.cli;

import io.sluice.analysis.redundancy.CheckReport;
import io.sluice.analysis.redundancy.CheckText;
import io.sluice.policy.model.Snapshot;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What could go, and whether two sets of policies mean the same. */
@Command(
        name = "check",
        description = {
            "Rules that never decide, with what covers them; policies without effect; rules of equal priority that",
            "disagree. All for the pods of these manifests: with other pods a rule may be needed.",
            "Two states are compared by 'check equal' and 'check contains'."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        subcommands = {CheckEqualCommand.class, CheckContainsCommand.class},
        footer = {
            "",
            "Exit status: 0 nothing found; 1 findings; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  sluice check examples/shop",
            "  sluice check equal policies/ refactored/ --with manifests/",
            "  sluice check contains allowed-at-most/ policies/ --with manifests/"
        })
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    Paths paths = new Paths();

    @Mixin
    SourceOptions sources = new SourceOptions();

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
        sources.check("check", paths.all);
        PrintWriter err = spec.commandLine().getErr();
        Snapshot snapshot = Inputs.of(sources, err).snapshot(paths.all);
        CheckReport report = Waiting.during("trying every policy and rule", err, () -> CheckReport.of(snapshot));
        CheckText text = new CheckText(report);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                switch (format) {
                    case TEXT -> text.text();
                    case JSON -> text.json();
                });
        out.flush();
        Inputs.meshLeftOut(err, snapshot);
        return report.isClean() ? 0 : 1;
    }
}
