package io.sluice.analysis.lint.report;

import io.sluice.analysis.lint.Finding;
import io.sluice.analysis.lint.Severity;
import java.util.List;

/** Workflow commands of GitHub Actions: each finding is an annotation of its line in the pull request. */
public final class GithubReport {
    private GithubReport() {}

    public static String of(List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        for (Finding finding : findings) {
            out.append("::").append(command(finding.severity())).append(' ');
            out.append("file=").append(property(finding.position().file()));
            if (finding.position().line() > 0) {
                out.append(",line=").append(finding.position().line());
                out.append(",col=").append(finding.position().column());
            }
            out.append(",title=").append(property(finding.id()));
            out.append("::")
                    .append(message(finding.message() + ". " + finding.fix()))
                    .append('\n');
        }
        return out.toString();
    }

    private static String command(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
    }

    private static String message(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return message(text).replace(":", "%3A").replace(",", "%2C");
    }
}
