package io.sluice.cli;

import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.Intake;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Snapshot;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads what a command is given: one cluster, whatever folder an object lies in. Files and folders as they are,
 * kustomizations and Helm charts as their tools render them, a running cluster beneath all.
 */
final class Inputs {
    private final SourceOptions options;
    private final Optional<RunningCluster> cluster;
    private final PrintWriter err;

    private Inputs(SourceOptions options, Optional<RunningCluster> cluster, PrintWriter err) {
        this.options = options;
        this.cluster = cluster;
        this.err = err;
    }

    /**
     * What a command can read from, the running cluster read already, if there is one: to compare two states it is read
     * once.
     *
     * @param err where warnings go
     */
    static Inputs of(SourceOptions options, PrintWriter err) {
        return new Inputs(options, RunningCluster.of(options, false, err), err);
    }

    /** The same with ConfigMaps, which say what workloads are configured to call. */
    static Inputs withConfigMaps(SourceOptions options, PrintWriter err) {
        return new Inputs(options, RunningCluster.of(options, true, err), err);
    }

    /** Nothing but files. */
    static Inputs files(PrintWriter err) {
        return new Inputs(SourceOptions.NONE, Optional.empty(), err);
    }

    /**
     * The cluster in the files.
     *
     * @throws Refusal with every error found, if there is one
     */
    static Snapshot snapshot(List<String> paths, PrintWriter err) {
        return files(err).snapshot(paths);
    }

    /** @throws Refusal also if there is nothing to answer about: in a pull request an empty folder is a slip */
    Snapshot snapshot(List<String> paths) {
        Manifests manifests = said(paths, Relocation.NONE);
        if (manifests.objects().isEmpty() && cluster.isEmpty()) {
            throw new Refusal(String.join(", ", paths) + ": error: no workload, policy or other object that is read");
        }
        return manifests.snapshot();
    }

    /** The same of files that lie elsewhere for the time being. */
    Snapshot snapshot(List<String> paths, Relocation relocation) {
        return relocation.snapshot(said(paths, relocation).snapshot());
    }

    private Manifests said(List<String> paths, Relocation relocation) {
        Manifests manifests = manifests(paths, relocation);
        manifests.diagnostics().forEach(diagnostic -> err.println(relocation.text(diagnostic.toString())));
        return manifests;
    }

    /**
     * The same with the texts, and the warnings not yet printed.
     *
     * @throws Refusal with every error found, if there is one
     */
    Manifests manifests(List<String> paths) {
        return manifests(paths, Relocation.NONE);
    }

    private Manifests manifests(List<String> paths, Relocation relocation) {
        Manifests manifests = Waiting.during("reading the manifests", err, () -> read(paths, relocation));
        if (manifests.hasErrors()) {
            throw new Refusal(manifests.diagnostics().stream()
                    .map(Diagnostic::toString)
                    .map(relocation::text)
                    .collect(Collectors.joining("\n")));
        }
        return manifests;
    }

    private Manifests read(List<String> paths, Relocation relocation) {
        Intake intake = new Intake();
        try {
            RenderedFolders rendered = RenderedFolders.in(paths);
            intake.paths(rendered.plain(), System.in, rendered::isAside);
            for (Path folder : rendered.kustomizations()) {
                Kustomize.read(folder, intake);
                say(folder, rendered, relocation, Kustomize.tool());
            }
            for (Path chart : rendered.charts()) {
                Helm.read(chart, options, intake);
                say(chart, rendered, relocation, "helm template");
            }
        } catch (Refusal e) {
            throw relocation == Relocation.NONE ? e : new Refusal(relocation.text(String.valueOf(e.getMessage())), e);
        }
        cluster.ifPresent(running -> running.read(intake));
        return intake.manifests();
    }

    /** Who named a folder around it may not know that what is in it is not read as it stands. */
    private void say(Path folder, RenderedFolders rendered, Relocation relocation, String tool) {
        if (rendered.met().contains(folder)) {
            err.println("sluice: " + relocation.text(folder.toString()) + ": rendered with " + tool
                    + "; its files are not read as they stand");
        }
    }

    /** Says so where an answer is about the network's policies and there is a mesh too. */
    static void meshLeftOut(PrintWriter err, Snapshot... snapshots) {
        if (Arrays.stream(snapshots).anyMatch(snapshot -> !snapshot.mesh().isSilent())) {
            err.println("note: this is about what the network allows; what the mesh's policies refuse is left out"
                    + " (connectivity, explain and decide count it in)");
        }
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
