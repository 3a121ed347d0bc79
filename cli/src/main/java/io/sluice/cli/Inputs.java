package io.sluice.cli;

import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
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
        return snapshot(paths, Relocation.NONE, err);
    }

    /** The same of files that lie elsewhere for the time being. */
    static Snapshot snapshot(List<String> paths, Relocation relocation, PrintWriter err) {
        Manifests manifests = Waiting.during("reading the manifests", err, () -> manifests(paths, relocation));
        manifests.diagnostics().forEach(diagnostic -> err.println(relocation.text(diagnostic.toString())));
        return relocation.snapshot(manifests.snapshot());
    }

    /**
     * The same with the texts, and the warnings not yet printed.
     *
     * @throws Refusal with every error found, if there is one
     */
    static Manifests manifests(List<String> paths) {
        return manifests(paths, Relocation.NONE);
    }

    private static Manifests manifests(List<String> paths, Relocation relocation) {
        Manifests manifests = ManifestReader.read(paths, System.in);
        if (manifests.hasErrors()) {
            throw new Refusal(manifests.diagnostics().stream()
                    .map(Diagnostic::toString)
                    .map(relocation::text)
                    .collect(Collectors.joining("\n")));
        }
        return manifests;
    }

    /** Two values computed side by side; what one of them throws is thrown here. */
    static <T> List<T> both(Supplier<T> one, Supplier<T> other) {
        FutureTask<T> beside = new FutureTask<>(one::get);
        Thread thread = Thread.ofPlatform().daemon().start(beside);
        T second = other.get();
        try {
            thread.join();
            return List.of(beside.get(), second);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("sluice: interrupted", e);
        }
    }

    /** The standard output for bytes, which come in large pieces. */
    static OutputStream stdout() {
        return System.out;
    }
}
