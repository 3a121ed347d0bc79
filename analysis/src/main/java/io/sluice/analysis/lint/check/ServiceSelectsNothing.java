package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.Severity;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;

/** A Service without pods. Silent where its namespace has none among what was read. */
final class ServiceSelectsNothing implements Check {
    private static final About ABOUT = new About(
            "service-selects-nothing",
            Severity.WARNING,
            "A Service's selector matches no pod of its namespace.",
            "A Service leads to the pods that carry all the labels of its selector. Without one, every connection to it"
                    + " is refused, whatever the policies allow.",
            "Write the labels of the pod template.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (Service service : cluster.snapshot().services()) {
            NamespaceMatch here = new NamespaceMatch.Named(service.namespace());
            Selector selector = Selector.labels(service.selector());
            if (!service.selector().isEmpty()
                    && !service.type().equals("ExternalName")
                    && Selections.hasPods(cluster, here)
                    && Selections.isEmpty(cluster, here, selector)) {
                ObjectText text = cluster.texts().of(service.position());
                findings.add(
                        text.at("spec", "selector"),
                        "no pod in " + Words.of(here) + " has " + selector
                                + cluster.labels()
                                        .podMistake(here, selector)
                                        .map(m -> "; " + m.meant() + " is in use")
                                        .orElse(""));
            }
        }
    }
}
