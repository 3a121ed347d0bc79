package io.sluice.analysis.lint;

import java.util.Map;
import java.util.Set;

/**
 * What the user wants otherwise.
 *
 * @param severities by check id, in place of the check's own
 * @param disabled ids of checks that are not run
 */
public record LintConfig(Map<String, Severity> severities, Set<String> disabled, LabelStandards standards) {
    public static final LintConfig DEFAULT = new LintConfig(Map.of(), Set.of(), LabelStandards.NONE);

    public LintConfig {
        severities = Map.copyOf(severities);
        disabled = Set.copyOf(disabled);
    }

    Severity severityOf(About about) {
        return severities.getOrDefault(about.id(), about.severity());
    }
}
