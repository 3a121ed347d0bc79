package io.sluice.analysis.lint;

import java.util.List;

/**
 * What was found.
 *
 * @param findings in order of place
 * @param suppressed how many a suppression in the manifests answers for
 */
public record LintResult(List<Finding> findings, int suppressed) {
    public LintResult {
        findings = List.copyOf(findings);
    }

    /** Whether an error or a warning is among them. */
    public boolean fails() {
        return findings.stream().anyMatch(finding -> finding.severity().fails());
    }

    public long count(Severity severity) {
        return findings.stream().filter(f -> f.severity() == severity).count();
    }
}
