package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.Requirement;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import java.util.Map;
import java.util.Set;

/**
 * A namespaceSelector on a label that no namespace carries. Namespaces asked for by kubernetes.io/metadata.name are
 * taken to exist. Where no Namespace object was read, nothing is known of labels, and only a namespace's name under
 * another key is reported.
 */
final class NamespaceLabelUnknown implements Check {
    private static final About ABOUT = new About(
            "namespace-label-unknown",
            Severity.WARNING,
            "A namespaceSelector asks for a label that no namespace carries.",
            "A namespace has the labels that it was given and one more, kubernetes.io/metadata.name, which the API"
                    + " server sets to its name. The label name: kube-system, found in many examples, is on no"
                    + " namespace unless somebody put it there; a selector that asks for it matches nothing.",
            "Select the namespace by kubernetes.io/metadata.name, or label the Namespace object.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        boolean labelsKnown = !cluster.texts().objects("Namespace").isEmpty();
        for (PodSelection selection : cluster.selections()) {
            if (selection.namespaces() instanceof NamespaceMatch.Labelled(Selector selector)
                    && !cluster.labels().matchesSome(selection.namespaces())
                    && cluster.labels().namespaceMistake(selection.namespaces()).isEmpty()) {
                report(cluster, selection, selector, labelsKnown, findings);
            }
        }
    }

    private static void report(
            Cluster cluster, PodSelection selection, Selector selector, boolean labelsKnown, Findings findings) {
        Map<String, Set<String>> used = cluster.labels().ofNamespaces();
        Set<String> names = used.getOrDefault(Namespace.NAME_LABEL, Set.of());
        for (Requirement asked : Requirement.of(selector)) {
            if (!asked.wanted() || asked.key().equals(Namespace.NAME_LABEL)) {
                continue;
            }
            Set<String> values = used.getOrDefault(asked.key(), Set.of());
            boolean carried = asked.values().isEmpty()
                    ? !values.isEmpty()
                    : asked.values().stream().anyMatch(values::contains);
            var named = asked.values().stream().filter(names::contains).findFirst();
            var where = selection.policy().label(selection.namespacesPath(), asked.key());
            String label =
                    asked.values().isEmpty() ? asked.key() : asked.key() + "=" + String.join(",", asked.values());
            if (!carried && named.isPresent()) {
                findings.add(
                        where,
                        "no namespace carries " + label + "; " + named.get()
                                + " is the name of a namespace, which is its label kubernetes.io/metadata.name",
                        "Write kubernetes.io/metadata.name: " + named.get() + ".");
                return;
            }
            if (!carried && labelsKnown) {
                findings.add(where, "no namespace carries " + label + ", so the selector matches nothing");
                return;
            }
        }
    }
}
