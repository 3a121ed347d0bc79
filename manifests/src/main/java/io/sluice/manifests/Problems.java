package io.sluice.manifests;

import io.sluice.manifests.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what there is to say about one file; the problems of all files of a reading are kept together. */
final class Problems {
    private final Collected collected;
    private final String file;

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
        collected.all.add(new Diagnostic(code, Severity.ERROR, place.in(file), message, hint));
    }

    void warning(String code, Place place, String message, String hint) {
        collected.all.add(new Diagnostic(code, Severity.WARNING, place.in(file), message, hint));
    }

    /** How many errors there are so far: to learn whether a step found any. */
    int errors() {
        return collected.errors;
    }

    /** In the order of file, line and column; those of one place in the order they were found. */
    List<Diagnostic> sorted() {
        return collected.all.stream()
                .sorted(Comparator.comparing(Diagnostic::position))
                .distinct()
                .toList();
    }
}
