package io.sluice.manifests;

import io.sluice.policy.model.Snapshot;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was read from a set of paths: one cluster, whatever folder an object lies in.
 *
 * @param snapshot of the objects that could be read; to be used only when no diagnostic is an error
 * @param diagnostics in the order of file and line
 * @param objects the text of every object that was read, in the order of reading
 * @param ignored how many objects there are of each kind that is not read, by {@code apiVersion Kind}
 */
public record Manifests(
        Snapshot snapshot, List<Diagnostic> diagnostics, List<ObjectText> objects, SortedMap<String, Integer> ignored) {
    public Manifests {
        diagnostics = List.copyOf(diagnostics);
        objects = List.copyOf(objects);
        ignored = Collections.unmodifiableSortedMap(new TreeMap<>(ignored));
    }

    /** Without texts, as of objects that were not read from text. */
    public Manifests(Snapshot snapshot, List<Diagnostic> diagnostics) {
        this(snapshot, diagnostics, List.of(), new TreeMap<>());
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
