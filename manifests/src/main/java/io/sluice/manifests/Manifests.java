package io.sluice.manifests;

import io.sluice.policy.model.Snapshot;
import java.util.List;

/**
 * What was read from a set of paths: one cluster, whatever folder an object lies in.
 *
 * @param snapshot of the objects that could be read; to be used only when no diagnostic is an error
 * @param diagnostics in the order of file and line
 */
public record Manifests(Snapshot snapshot, List<Diagnostic> diagnostics) {
    public Manifests {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
