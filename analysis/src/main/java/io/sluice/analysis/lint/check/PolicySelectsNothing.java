package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Selector;

/** A policy that is applied to no pod. Silent where the policy's namespace has no pods among what was read. */
final class PolicySelectsNothing implements Check {
    private static final About ABOUT = new About(
            "policy-selects-nothing",
            Severity.WARNING,
            "The policy's podSelector matches no pod of its namespace.",
            "A policy acts on the pods that its podSelector matches and on no others. One that matches none is not"
                    + " refused: it isolates nothing and allows nothing, and what it was meant to protect stays open.",
            "Write the labels that the pods carry: those of the pod template, not of the Deployment or the Service.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PodSelection selection : cluster.selections()) {
            if (selection.isSubject()
                    && !selection.pods().equals(Selector.ALL)
                    && Selections.hasPods(cluster, selection)
                    && Selections.isEmpty(cluster, selection)
                    && !Selections.fitElsewhere(cluster, selection)
                    && cluster.labels()
                            .podMistake(selection.namespaces(), selection.pods())
                            .isEmpty()) {
                findings.add(
                        selection.policy().at(selection.podsPath()),
                        "no pod in " + Words.of(selection.namespaces()) + " has " + selection.pods()
                                + ", so the policy has no effect");
            }
        }
    }
}
