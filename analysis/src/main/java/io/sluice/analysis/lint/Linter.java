package io.sluice.analysis.lint;

import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.Manifests;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Runs checks over what was read. */
public final class Linter {
    private final List<Check> checks;
    private final LintConfig config;

    public Linter(List<Check> checks, LintConfig config) {
        this.checks = List.copyOf(checks);
        this.config = config;
    }

    /** What the checks say of themselves, then what the reader may warn of and what is said of suppressions. */
    public static List<About> abouts(List<Check> checks) {
        List<About> out = new ArrayList<>();
        checks.forEach(check -> out.add(check.about()));
        out.addAll(ReaderWarnings.ABOUTS);
        out.add(Suppressions.ABOUT);
        return out;
    }

    /**
     * Looks at what was read; what the reader warned of is among the findings, under the reader's own codes.
     *
     * @param textOf the text of a file by its name, to find comments in; asked only for files that have findings
     */
    public LintResult lint(Manifests manifests, Function<String, Optional<String>> textOf) {
        Texts texts = new Texts(manifests.objects());
        Cluster cluster = new Cluster(manifests.snapshot(), texts, config.standards());
        List<Finding> all = new ArrayList<>();
        for (Diagnostic warning : manifests.diagnostics()) {
            if (!warning.isError() && !config.disabled().contains(warning.code())) {
                all.add(finding(warning));
            }
        }
        for (Check check : checks) {
            if (!config.disabled().contains(check.id())) {
                Findings findings = new Findings(check.about(), config.severityOf(check.about()));
                check.inspect(cluster, findings);
                all.addAll(findings.found());
            }
        }
        return judge(all, texts, textOf);
    }

    private Finding finding(Diagnostic warning) {
        Severity usual = about(warning).map(About::severity).orElse(Severity.WARNING);
        Severity severity = config.severities().getOrDefault(warning.code(), usual);
        return new Finding(warning.code(), severity, warning.position(), warning.message(), fix(warning));
    }

    private static String fix(Diagnostic warning) {
        String hint = warning.hint();
        if (!hint.isEmpty()) {
            return Character.toUpperCase(hint.charAt(0)) + hint.substring(1) + ".";
        }
        return about(warning).map(About::fix).orElse("");
    }

    private static Optional<About> about(Diagnostic warning) {
        return ReaderWarnings.ABOUTS.stream()
                .filter(about -> about.id().equals(warning.code()))
                .findFirst();
    }

    private LintResult judge(List<Finding> all, Texts texts, Function<String, Optional<String>> textOf) {
        Set<String> ids = new HashSet<>();
        abouts(checks).forEach(about -> ids.add(about.id()));
        all.forEach(finding -> ids.add(finding.id()));
        Suppressions suppressions = new Suppressions(texts, ids, textOf);
        List<Finding> left = new ArrayList<>();
        for (Finding finding : all) {
            if (!suppressions.suppresses(finding)) {
                left.add(finding);
            }
        }
        int suppressed = all.size() - left.size();
        if (!config.disabled().contains(Suppressions.ABOUT.id())) {
            Severity severity = config.severityOf(Suppressions.ABOUT);
            suppressions
                    .invalid()
                    .forEach(f -> left.add(new Finding(f.id(), severity, f.position(), f.message(), f.fix())));
        }
        left.sort(null);
        return new LintResult(left, suppressed);
    }
}
