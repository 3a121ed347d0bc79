package io.sluice.cli;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Baseline;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.LintConfig;
import io.sluice.analysis.lint.LintResult;
import io.sluice.analysis.lint.Linter;
import io.sluice.analysis.lint.check.Checks;
import io.sluice.analysis.lint.report.GithubReport;
import io.sluice.analysis.lint.report.JsonReport;
import io.sluice.analysis.lint.report.JunitReport;
import io.sluice.analysis.lint.report.SarifReport;
import io.sluice.manifests.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is wrong or risky. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = "Find what is wrong or risky in policies and the workloads they are for.",
        footer = {
            "",
            "Exit status: 0 no error and no warning; 1 errors or warnings; 2 wrong use or unreadable input.",
            "A finding is suppressed by a comment with a reason, on its line or above it:",
            "  # sluice:ignore egress-to-world the payment provider publishes no ranges",
            "",
            "Examples:",
            "  sluice lint manifests/ policies/             all paths are one cluster",
            "  sluice lint -o sarif . > lint.sarif          for code scanning",
            "  sluice lint --explain dns-blocked            what a check means, with examples",
            "  sluice lint --write-baseline known.json .    accept what is there,",
            "  sluice lint --baseline known.json .          and fail only on what is new"
        })
final class LintCommand implements Callable<Integer> {
    enum Format {
        text,
        json,
        sarif,
        junit,
        github
    }

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    Paths paths = new Paths();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    Format format = Format.text;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Severities, disabled checks and label standards (default: .sluice-lint.yaml, if it is there).")
    @Nullable
    String config;

    @Option(names = "--baseline", paramLabel = "FILE", description = "Leave out the findings of this file.")
    @Nullable
    String baseline;

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description = "Write the findings there, and fail on none.")
    @Nullable
    String writeBaseline;

    @Option(names = "--list", description = "List the checks.")
    boolean list;

    @Option(names = "--explain", paramLabel = "ID", description = "Explain a check.")
    @Nullable
    String explain;

    @Override
    public Integer call() {
        Console console = Console.of(java.util.Objects.requireNonNull(spec));
        LintText text = new LintText(console.style());
        if (list) {
            console.out().print(text.list(Linter.abouts(Checks.all())));
            console.out().flush();
            return 0;
        }
        if (explain != null) {
            console.out().print(text.explain(about(explain)));
            console.out().flush();
            return 0;
        }
        sources.check("lint", paths.all);
        LintConfig chosen = LintFiles.config(config);
        Baseline known = baseline == null ? Baseline.EMPTY : LintFiles.baseline(baseline);
        Manifests manifests = Inputs.of(sources, console.err()).manifests(paths.all);
        LintResult result = new Linter(Checks.all(), chosen).lint(manifests, LintCommand::textOf);
        if (writeBaseline != null) {
            LintFiles.write(writeBaseline, Baseline.of(result.findings()));
            console.progress(result.findings().size() + " findings written to " + writeBaseline);
            return 0;
        }
        LintResult fresh = new LintResult(known.without(result.findings()), result.suppressed());
        int left = result.findings().size() - fresh.findings().size();
        List<About> abouts = Linter.abouts(Checks.all());
        console.out()
                .print(
                        switch (format) {
                            case text -> text.report(fresh, left);
                            case json -> JsonReport.of(fresh.findings());
                            case sarif -> SarifReport.of(fresh.findings(), abouts, Version.number());
                            case junit -> JunitReport.of(fresh.findings(), abouts);
                            case github -> GithubReport.of(fresh.findings());
                        });
        console.out().flush();
        return fresh.fails() ? 1 : 0;
    }

    private static About about(String id) {
        List<About> abouts = Linter.abouts(Checks.all());
        return abouts.stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow(() -> {
            List<String> ids = Checks.all().stream().map(Check::id).toList();
            String near = io.sluice.analysis.lint.Spelling.nearest(id, java.util.Set.copyOf(ids))
                    .map(n -> "; did you mean " + n + "?")
                    .orElse("; sluice lint --list shows them");
            return new Refusal("sluice: there is no check " + id + near);
        });
    }

    /** The text of a file that was read, once more: for comments, which no one else needs. */
    private static Optional<String> textOf(String file) {
        try {
            Path path = Path.of(file);
            return Files.isRegularFile(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException | InvalidPathException _) {
            // The names of streams and rendered charts are no files; what was read as UTF-16 has no comments here.
            return Optional.empty();
        }
    }
}
