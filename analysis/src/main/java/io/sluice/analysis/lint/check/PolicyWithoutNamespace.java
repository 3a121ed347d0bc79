package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.Severity;

/** A NetworkPolicy taken for cluster-scoped. Silent where it selects pods in the namespace where it lands. */
final class PolicyWithoutNamespace implements Check {
    private static final About ABOUT = new About(
            "policy-without-namespace",
            Severity.WARNING,
            "A NetworkPolicy names no namespace, and the pods that its selector fits live in others.",
            "A NetworkPolicy is namespaced: without metadata.namespace it lands in the namespace of whoever applies it,"
                    + " and selects pods there only. There is no NetworkPolicy for the whole cluster.",
            "Write one policy for each namespace, with metadata.namespace, or a ClusterNetworkPolicy.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PodSelection selection : cluster.selections()) {
            if (Selections.fitElsewhere(cluster, selection)) {
                var names = Selections.namespaces(cluster, selection.pods());
                findings.add(
                        selection.policy().position(),
                        "the policy names no namespace and selects nothing in "
                                + selection.policy().policy().id().namespace() + "; pods that it would fit live in "
                                + (names.size() > 3 ? names.size() + " other namespaces" : String.join(", ", names)));
            }
        }
    }
}
