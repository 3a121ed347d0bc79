package io.sluice.manifests;

import io.sluice.manifests.Diagnostic.Severity;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what there is to say about one file; the problems of all files of a reading are kept together. */
final class Problems {
    /** Nobody reads more, and a hostile file could have a million. */
    static final int MOST_OF_A_FILE = 1000;

    private final Collected collected;
    private final String file;

    private int here;

    private static final class Collected {
        final List<Diagnostic> all = new ArrayList<>();
        int errors;
    }

    private Problems(Collected collected, String file) {
        this.collected = collected;
        this.file = file;
    }

    static Problems start() {
        return new Problems(new Collected(), "");
    }

    /** The same collection, for another file. */
    Problems in(String otherFile) {
        return new Problems(collected, otherFile);
    }

    String file() {
        return file;
    }

    void error(String code, Place place, String message, String hint) {
        collected.errors++;
        add(new Diagnostic(code, Severity.ERROR, place.in(file), message, hint));
    }

    void warning(String code, Place place, String message, String hint) {
        add(new Diagnostic(code, Severity.WARNING, place.in(file), message, hint));
    }

    /** Says all of it again here: what was found elsewhere, in its order. */
    void addAll(Problems found) {
        for (Diagnostic diagnostic : found.collected.all) {
            collected.errors += diagnostic.isError() ? 1 : 0;
            add(diagnostic);
        }
    }

    private void add(Diagnostic diagnostic) {
        here++;
        if (here <= MOST_OF_A_FILE) {
            collected.all.add(diagnostic);
        } else if (here == MOST_OF_A_FILE + 1) {
            collected.all.add(new Diagnostic(
                    "too-many-errors",
                    Severity.ERROR,
                    new SourcePosition(file, 0, 0),
                    "there are more errors in this file; they are left out",
                    ""));
        }
    }

    /** How many errors there are so far: to learn whether a step found any. */
    int errors() {
        return collected.errors;
    }

    /**
     * In the order of file, line and column, what concerns a whole file last; those of one place in the order they were
     * found.
     */
    List<Diagnostic> sorted() {
        return collected.all.stream()
                .sorted(Comparator.comparing((Diagnostic d) -> d.position().file())
                        .thenComparing(d -> d.position().line() == 0)
                        .thenComparing(Diagnostic::position))
                .distinct()
                .toList();
    }
}
