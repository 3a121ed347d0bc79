package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
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
            if (selection.pods().equals(Selector.ALL)) {
                inspect(selection.policy().text(), selection.podsPath(), findings);
            }
            if (selection.namespaces().equals(NamespaceMatch.EVERY)) {
                inspect(selection.policy().text(), selection.namespacesPath(), findings);
            }
        }
    }

    /** A selector that matches everything, at its place. */
    private static void inspect(ObjectText text, List<Object> selector, Findings findings) {
        for (String part : List.of("matchLabels", "matchExpressions")) {
            List<Object> path = PolicyText.extend(selector, part);
            if (text.isHollow(path.toArray())) {
                findings.add(text.keyAt(path.toArray()), "an empty " + part + " makes the selector match everything");
                return;
            }
        }
    }
}
