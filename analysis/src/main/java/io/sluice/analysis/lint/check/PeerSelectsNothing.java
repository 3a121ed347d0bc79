package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;

/**
 * A peer that is no pod. Silent where the namespaces are not among what was read, and for {@code namespaceSelector: {}},
 * which may mean a namespace that is not.
 */
final class PeerSelectsNothing implements Check {
    private static final About ABOUT = new About(
            "peer-selects-nothing",
            Severity.WARNING,
            "A peer's podSelector matches no pod of the namespaces that it speaks of.",
            "A peer that matches no pod allows nothing. Without a namespaceSelector beside it, a podSelector speaks of"
                    + " the policy's own namespace only; the pods that were meant often live in another one.",
            "Write the labels that the pods carry, or add the namespaceSelector of the namespace where they live to the"
                    + " same item.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PodSelection selection : cluster.selections()) {
            if (!selection.isSubject()
                    && !selection.pods().equals(Selector.ALL)
                    && !Selections.isOpenEnded(selection.namespaces())
                    && Selections.hasPods(cluster, selection)
                    && Selections.isEmpty(cluster, selection)
                    && !AndOrConfusion.explains(cluster, selection)
                    && cluster.labels()
                            .podMistake(selection.namespaces(), selection.pods())
                            .isEmpty()) {
                report(cluster, selection, findings);
            }
        }
    }

    private static void report(Cluster cluster, PodSelection selection, Findings findings) {
        String message = "no pod in " + Words.of(selection.namespaces()) + " has " + selection.pods()
                + ", so this peer matches nothing";
        var elsewhere = Selections.namespaces(cluster, selection.pods());
        if (selection.namespaces() instanceof NamespaceMatch.Named && !elsewhere.isEmpty()) {
            String name = elsewhere.first();
            findings.add(
                    selection.policy().at(selection.podsPath()),
                    message + "; such pods live in namespace " + name,
                    "Add to the same item: namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: " + name
                            + "}}.");
        } else {
            findings.add(selection.policy().at(selection.podsPath()), message);
        }
    }
}
