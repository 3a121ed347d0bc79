package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Selector;
import java.util.List;

/** A selector whose only pods are on the host network. */
final class HostNetworkSelected implements Check {
    private static final About ABOUT = new About(
            "host-network-selected",
            Severity.WARNING,
            "A selector matches only pods with hostNetwork: true, which policies cannot tell from their node.",
            "Pods on the host network share the node's address. Network plugins ignore them in pod and namespace"
                    + " selectors: a policy that selects them has no effect, a peer that selects them matches nothing.",
            "Give the pods a network of their own, or name their nodes as a peer by ipBlock.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        List<PodSelection> selections = cluster.hostPods().groups().isEmpty() ? List.of() : cluster.selections();
        for (PodSelection selection : selections) {
            if (!selection.pods().equals(Selector.ALL)
                    && cluster.pods()
                            .select(selection.namespaces(), selection.pods())
                            .isEmpty()) {
                var hosts = cluster.hostPods().of(cluster.hostPods().select(selection.namespaces(), selection.pods()));
                if (!hosts.isEmpty()) {
                    findings.add(
                            selection.policy().at(selection.podsPath()),
                            "the pods of " + PodGroup.workloads(hosts) + " are on the host network, so "
                                    + (selection.isSubject()
                                            ? "the policy has no effect on them"
                                            : "this peer does not match them"));
                }
            }
        }
    }
}
