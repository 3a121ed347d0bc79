package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.LabelStandards.LabelStandard;
import io.sluice.analysis.lint.Severity;
import io.sluice.manifests.ObjectText;

/** A name that is not what the configured standard asks for. */
final class ObjectName implements Check {
    private static final About ABOUT = new About(
            "object-name",
            Severity.WARNING,
            "An object's name does not look like what the configured standard asks for.",
            "Names that follow one pattern can be read in flow logs and in explanations. The pattern is said under"
                    + " labels in the configuration, as name.",
            "Rename the object.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (LabelStandard standard : cluster.standards().standards()) {
            standard.name().ifPresent(pattern -> {
                for (ObjectText object : cluster.texts().objects()) {
                    if (standard.kinds().contains(object.kind())
                            && !pattern.matcher(object.name()).matches()) {
                        findings.add(
                                object.at("metadata", "name"),
                                object.kind() + " " + object.name() + " does not look like " + pattern);
                    }
                }
            });
        }
    }
}
