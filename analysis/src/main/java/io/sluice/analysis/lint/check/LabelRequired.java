package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.Severity;
import java.util.Map;
import java.util.TreeSet;

/** A label that the configured standard requires and that is missing. */
final class LabelRequired implements Check {
    private static final About ABOUT = new About(
            "label-required",
            Severity.WARNING,
            "An object lacks a label that the configured label standard requires.",
            "Policies select by labels, so labels are a contract between those who write workloads and those who write"
                    + " policies. Which are required, and of which kinds, is said under labels in the configuration.",
            "Add the label.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Labelled.each(cluster, (standard, labelled) -> {
            Map<String, String> labels = labelled.labels();
            for (String key : new TreeSet<>(standard.required())) {
                if (!labels.containsKey(key)) {
                    findings.add(
                            labelled.at(key),
                            labelled.what() + ": the label " + key + " is missing",
                            "Add the label " + key + ".");
                }
            }
        });
    }
}
