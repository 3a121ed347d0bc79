package io.sluice.cli;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Examples;
import io.sluice.analysis.lint.Finding;
import io.sluice.analysis.lint.LintResult;
import io.sluice.analysis.lint.Severity;
import java.util.ArrayList;
import java.util.List;

/** Findings and checks as people read them. */
final class LintText {
    private static final int WIDTH = 100;

    private final Style style;

    LintText(Style style) {
        this.style = style;
    }

    /** @param known how many findings the baseline answers for */
    String report(LintResult result, int known) {
        StringBuilder out = new StringBuilder();
        for (Finding finding : result.findings()) {
            String where = finding.position().toString();
            out.append(style.bold(where.isEmpty() ? "" : where + ": "))
                    .append(painted(finding.severity()))
                    .append(": ")
                    .append(finding.message())
                    .append(style.dim(" [" + finding.id() + "]"))
                    .append('\n');
            if (!finding.fix().isEmpty()) {
                out.append(wrapped(finding.fix(), "    ")).append('\n');
            }
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = result.count(severity);
            if (count > 0) {
                counts.add(count + " " + name(severity, count));
            }
        }
        out.append(counts.isEmpty() ? "no findings" : String.join(", ", counts));
        if (result.suppressed() > 0) {
            out.append("; ").append(result.suppressed()).append(" suppressed");
        }
        if (known > 0) {
            out.append("; ").append(known).append(" in the baseline");
        }
        return out.append('\n').toString();
    }

    String list(List<About> checks) {
        int width = checks.stream().mapToInt(c -> c.id().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (About check : checks) {
            out.append(style.bold(check.id()))
                    .append(" ".repeat(width + 2 - check.id().length()))
                    .append(painted(check.severity()))
                    .append(" ".repeat(9 - check.severity().toString().length()))
                    .append(check.summary())
                    .append('\n');
        }
        return out.toString();
    }

    String explain(About check) {
        StringBuilder out = new StringBuilder();
        out.append(style.bold(check.id()))
                .append(" (")
                .append(painted(check.severity()))
                .append(")\n\n");
        out.append(wrapped(check.summary(), "")).append("\n\n");
        out.append(wrapped(check.reason(), "")).append("\n\n");
        out.append(wrapped("Fix: " + check.fix(), "")).append('\n');
        Examples.firing(check.id())
                .ifPresent(text -> out.append("\nIt fires here:\n\n").append(indented(text)));
        Examples.quiet(check.id())
                .ifPresent(text -> out.append("\nAnd not here:\n\n").append(indented(text)));
        return out.toString();
    }

    private String painted(Severity severity) {
        return switch (severity) {
            case ERROR -> style.red(severity.toString());
            case WARNING -> style.yellow(severity.toString());
            case INFO -> style.dim(severity.toString());
        };
    }

    private static String name(Severity severity, long count) {
        return switch (severity) {
            case ERROR -> count == 1 ? "error" : "errors";
            case WARNING -> count == 1 ? "warning" : "warnings";
            case INFO -> "for information";
        };
    }

    private static String indented(String text) {
        StringBuilder out = new StringBuilder();
        text.lines()
                .forEach(line ->
                        out.append(line.isEmpty() ? "" : "  ").append(line).append('\n'));
        return out.toString();
    }

    /** Lines of at most {@value #WIDTH} characters, broken between words. */
    private static String wrapped(String text, String indent) {
        StringBuilder out = new StringBuilder(indent);
        int column = indent.length();
        for (String word : text.split(" ")) {
            if (column > indent.length() && column + 1 + word.length() > WIDTH) {
                out.append('\n').append(indent);
                column = indent.length();
            } else if (column > indent.length()) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.toString();
    }
}
