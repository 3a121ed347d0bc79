package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.Severity;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A label whose value the configured standard does not know. */
final class LabelValue implements Check {
    private static final About ABOUT = new About(
            "label-value",
            Severity.WARNING,
            "A label has a value that the configured label standard does not allow.",
            "A value outside the agreed ones is a value that no policy selects. Allowed values and patterns are said"
                    + " under labels in the configuration.",
            "Write one of the allowed values.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Labelled.each(
                cluster,
                (standard, labelled) -> labelled.labels().forEach((key, value) -> {
                    Set<String> allowed = standard.allowed().get(key);
                    Pattern pattern = standard.patterns().get(key);
                    if (allowed != null && !allowed.contains(value)) {
                        findings.add(
                                labelled.at(key),
                                labelled.what() + ": " + key + "=" + value + " is not one of "
                                        + String.join(", ", new TreeSet<>(allowed)));
                    } else if (pattern != null && !pattern.matcher(value).matches()) {
                        findings.add(
                                labelled.at(key),
                                labelled.what() + ": " + key + "=" + value + " does not look like " + pattern,
                                "Write a value that matches " + pattern + ".");
                    }
                }));
    }
}
