package io.sluice.cli;

import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Snapshot;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the PATHs of a command: one cluster, whatever folder an object lies in. */
final class Inputs {
    private Inputs() {}

    /**
     * The cluster in the files.
     *
     * @param err where warnings go
     * @throws Refusal with every error found, if there is one
     */
    static Snapshot snapshot(List<String> paths, PrintWriter err) {
        Manifests manifests = manifests(paths);
        manifests.diagnostics().forEach(err::println);
        return manifests.snapshot();
    }

    /**
     * The same with the texts, and the warnings not yet printed.
     *
     * @throws Refusal with every error found, if there is one
     */
    static Manifests manifests(List<String> paths) {
        Manifests manifests = ManifestReader.read(paths, System.in);
        if (manifests.hasErrors()) {
            throw new Refusal(manifests.diagnostics().stream()
                    .map(Diagnostic::toString)
                    .collect(Collectors.joining("\n")));
        }
        return manifests;
    }

    /** The standard output for bytes: not flushed a line at a time. */
    static OutputStream stdout() {
        return new FileOutputStream(FileDescriptor.out);
    }
}
