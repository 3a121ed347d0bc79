package io.sluice.analysis.intents;

import io.sluice.analysis.lint.Spelling;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.SourcePosition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A text of which every key must be known. */
final class StrictText {
    private final ObjectText text;
    private final List<Diagnostic> problems;

    StrictText(ObjectText text, List<Diagnostic> problems) {
        this.text = text;
        this.problems = problems;
    }

    static Object[] with(Object[] path, Object step) {
        Object[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = step;
        return longer;
    }

    /** Reports every other key of the mapping there. */
    void expect(Set<String> known, Object... path) {
        for (String key : text.keys(path)) {
            if (!known.contains(key)) {
                String hint = Spelling.nearest(key, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known here: " + String.join(", ", new TreeSet<>(known)));
                report(text.keyAt(with(path, key)), "unknown key " + key, hint);
            }
        }
    }

    void problem(Object[] path, String message, String hint) {
        report(text.at(path), message, hint);
    }

    private void report(SourcePosition at, String message, String hint) {
        problems.add(new Diagnostic("intent", Diagnostic.Severity.ERROR, at, message, hint));
    }

    SourcePosition at(Object... path) {
        return text.at(path);
    }

    boolean has(Object... path) {
        return text.has(path);
    }

    Set<String> keys(Object... path) {
        return text.keys(path);
    }

    int size(Object... path) {
        return text.size(path);
    }

    Optional<String> text(Object... path) {
        return text.text(path);
    }

    List<String> texts(Object... path) {
        return text.texts(path);
    }

    String file() {
        return text.file();
    }
}
