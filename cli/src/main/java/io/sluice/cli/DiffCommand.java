package io.sluice.cli;

import io.sluice.analysis.diff.AllowList;
import io.sluice.analysis.diff.ConnectivityDiff;
import io.sluice.analysis.diff.DiffReport;
import io.sluice.analysis.diff.JsonDiff;
import io.sluice.analysis.diff.MarkdownDiff;
import io.sluice.analysis.diff.TextDiff;
import io.sluice.analysis.reach.Ends;
import io.sluice.policy.table.VerdictTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a change opens and closes. */
@Command(
        name = "diff",
        description = {
            "What would this change open and close? The connections gained, lost and changed between two states, each",
            "with the edit that makes the difference, and a warning for what becomes reachable from outside.",
            "",
            "Either OLD and NEW, files or folders each; or --git A..B and the paths to compare at both revisions; or",
            "--cluster and the paths whose application to the running cluster is in question."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 no difference, or only allowed ones; 1 differences; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  sluice diff policies/ new-policies/ --with manifests/",
            "  sluice diff --git main..HEAD deploy/ -o md > comment.md",
            "  sluice diff --git HEAD deploy/            the last commit against the files as they are",
            "  sluice diff old/ new/ --allow meant.txt",
            "  sluice diff --cluster new/                what would change if these were applied",
            "",
            "A line of the --allow file is '+ SOURCE => DESTINATION : TRAFFIC' for what may be gained, the same with '-'",
            "for what may be lost; * stands for any text, traffic may be left out, # begins a comment."
        })
final class DiffCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "OLD NEW, or what to compare at two revisions, or what to apply.")
    List<String> paths = List.of();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(
            names = "--git",
            paramLabel = "A..B",
            description = "Two revisions; A...B from where B left A; A alone up to now.")
    @Nullable
    String git;

    @Option(names = "--with", paramLabel = "PATH", description = "Files that belong to both states, such as workloads.")
    List<String> common = List.of();

    @Option(names = "--allow", paramLabel = "FILE", description = "The differences that are meant.")
    @Nullable
    String allow;

    @Option(names = "--pods", description = "Pods instead of workloads.")
    boolean pods;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (or txt), json or md (default: text).")
    Format format = Format.TEXT;

    /** What is printed. */
    enum Format {
        TEXT,
        TXT,
        JSON,
        MD
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        AllowList meant = allow == null ? AllowList.NONE : allowList(allow);
        sources.check(paths);
        if (sources.cluster && (git != null || paths.isEmpty())) {
            throw new Refusal("sluice: diff --cluster takes the paths that would be applied, and no --git");
        }
        States states = states(Inputs.of(sources, err));
        Ends.Level level = pods ? Ends.Level.PODS : Ends.Level.WORKLOADS;
        DiffReport report = Waiting.during(
                "comparing the two",
                err,
                () -> DiffReport.of(ConnectivityDiff.of(states.before, states.after, level), meant));
        PrintWriter out = spec.commandLine().getOut();
        Style style = Style.ofStdout();
        out.print(
                switch (format) {
                    case TEXT, TXT -> new TextDiff(style::green, style::red).of(report);
                    case JSON -> JsonDiff.of(report);
                    case MD -> MarkdownDiff.of(report);
                });
        out.flush();
        Inputs.meshLeftOut(err, states.before.snapshot(), states.after.snapshot());
        meant.unused().ifPresent(line -> err.println(allow + ":" + line + ": warning: no difference is like this"));
        return report.unexpected().isEmpty() ? 0 : 1;
    }

    private record States(VerdictTable before, VerdictTable after) {}

    private States states(Inputs inputs) {
        if (sources.cluster) {
            return tables(side(List.of(), Relocation.NONE), side(paths, Relocation.NONE), inputs);
        }
        if (git != null) {
            return revisions(git, inputs);
        }
        if (paths.size() != 2) {
            throw new Refusal(
                    "sluice: diff takes OLD and NEW, or --git A..B PATH..., or --cluster PATH... (see --help)");
        }
        return tables(
                side(List.of(paths.get(0)), Relocation.NONE), side(List.of(paths.get(1)), Relocation.NONE), inputs);
    }

    private States revisions(String range, Inputs inputs) {
        if (paths.isEmpty()) {
            throw new Refusal("sluice: diff --git " + range + " needs the paths to compare");
        }
        try (GitRevisions revisions = new GitRevisions()) {
            GitRevisions.Range both = revisions.range(range);
            GitRevisions.Extract old = revisions.at(both.before(), paths);
            Side before = side(old.paths(), new Relocation(old.prefix(), old.shown()));
            if (both.after() == null) {
                return tables(before, side(paths, Relocation.NONE), inputs);
            }
            GitRevisions.Extract now = revisions.at(both.after(), paths);
            return tables(before, side(now.paths(), new Relocation(now.prefix(), now.shown())), inputs);
        }
    }

    private record Side(List<String> paths, Relocation relocation) {}

    private Side side(List<String> own, Relocation relocation) {
        List<String> all = new ArrayList<>(common);
        all.addAll(own);
        return new Side(all, relocation);
    }

    /** Both at once: reading is most of the work, and the two do not know of each other. */
    private static States tables(Side before, Side after, Inputs inputs) {
        List<VerdictTable> tables = Inputs.both(
                () -> VerdictTable.of(inputs.snapshot(before.paths, before.relocation)),
                () -> VerdictTable.of(inputs.snapshot(after.paths, after.relocation)));
        return new States(tables.get(0), tables.get(1));
    }

    private static AllowList allowList(String file) {
        try {
            return AllowList.read(UserFile.lines(file));
        } catch (AllowList.BadLine e) {
            throw new Refusal(file + ":" + e.getMessage(), e);
        }
    }
}
