package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.LabelUse.Mistake;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.SourcePosition;
import java.util.List;

/** A label that nothing carries, beside one in use that is spelled nearly the same. */
final class MisspelledLabel implements Check {
    private static final About ABOUT = new About(
            "misspelled-label",
            Severity.WARNING,
            "A selector asks for a label that nothing carries, while one in use differs only by case or spelling.",
            "Label keys and values are compared byte by byte: App is not app. In an allow rule a misspelled label keeps"
                    + " out whom it should let in; under NotIn or DoesNotExist it lets in whom it should keep out.",
            "Write the label as the pods or namespaces carry it.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PodSelection selection : cluster.selections()) {
            cluster.labels()
                    .podMistake(selection.namespaces(), selection.pods())
                    .ifPresent(mistake -> report(selection, selection.podsPath(), "pod", mistake, findings));
            cluster.labels()
                    .namespaceMistake(selection.namespaces())
                    .ifPresent(
                            mistake -> report(selection, selection.namespacesPath(), "namespace", mistake, findings));
        }
    }

    private static void report(
            PodSelection selection, List<Object> path, String what, Mistake mistake, Findings findings) {
        SourcePosition where = selection.policy().label(path, mistake.key());
        findings.add(
                where,
                "no " + what + " carries " + mistake.written() + "; " + mistake.meant() + " is in use",
                "Write " + mistake.meant() + ".");
    }
}
