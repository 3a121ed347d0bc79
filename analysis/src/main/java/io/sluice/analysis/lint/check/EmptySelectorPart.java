package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.manifests.ObjectText;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import java.util.List;

/** A selector of which only the keyword is there. */
final class EmptySelectorPart implements Check {
    private static final About ABOUT = new About(
            "empty-selector-part",
            Severity.WARNING,
            "matchLabels or matchExpressions is written with nothing in it, so the selector matches everything.",
            "A selector without requirements matches every pod, or every namespace. With the word matchLabels in front"
                    + " of nothing, somebody meant to write labels there, or a template left them out.",
            "Write the labels; for everything write the selector as {}.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PodSelection selection : cluster.selections()) {
            ObjectText text = selection.policy().text();
            for (List<Object> path : List.of(selection.podsPath(), selection.namespacesPath())) {
                List<Object> labels = PolicyText.extend(path, "matchLabels");
                List<Object> expressions = PolicyText.extend(path, "matchExpressions");
                boolean hollowLabels = text.isHollow(labels.toArray());
                boolean hollowExpressions = text.isHollow(expressions.toArray());
                if (hollowLabels && text.size(expressions.toArray()) == 0
                        || hollowExpressions && text.keys(labels.toArray()).isEmpty()) {
                    List<Object> place = hollowLabels ? labels : expressions;
                    findings.add(
                            text.keyAt(place.toArray()),
                            "an empty " + place.getLast() + " makes the selector match everything");
                }
            }
        }
    }
}
