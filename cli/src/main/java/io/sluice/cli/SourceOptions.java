package io.sluice.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the objects come from, besides the files and folders of PATH: a cluster, and what a Helm chart is given. */
final class SourceOptions {
    static final SourceOptions NONE = new SourceOptions();

    @Option(
            names = "--cluster",
            description = "Read the cluster of the kubeconfig; what PATH holds is taken as applied to it.")
    boolean cluster;

    @Option(names = "--context", paramLabel = "NAME", description = "The context of the kubeconfig (with --cluster).")
    @Nullable
    String context;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig to use (with --cluster).")
    @Nullable
    Path kubeconfig;

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "Values for the Helm charts in PATH. May be given again.")
    List<String> values = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One value for the Helm charts in PATH. May be given again.")
    List<String> settings = List.of();

    @Option(
            names = "--release",
            paramLabel = "[NAMESPACE/]NAME",
            description = "Under which name, and in which namespace, Helm charts are installed.")
    @Nullable
    String release;

    /** @throws Refusal if the options do not go together, or nothing is left to read */
    void check(String verb, List<String> paths) {
        if (!cluster && paths.isEmpty()) {
            throw new Refusal("sluice: " + verb
                    + " needs a PATH: files, folders, or - for the standard input; or --cluster for a running one");
        }
        check(paths);
    }

    /** @throws Refusal if the options do not go together with each other or with the paths */
    void check(List<String> paths) {
        if (!cluster && (context != null || kubeconfig != null)) {
            throw new Refusal("sluice: --context and --kubeconfig go with --cluster");
        }
        boolean forChart = !values.isEmpty() || !settings.isEmpty() || release != null;
        if (forChart && RenderedFolders.in(paths).charts().isEmpty()) {
            throw new Refusal("sluice: --values, --set and --release are for a Helm chart, and no PATH holds one");
        }
    }

    /** The name of the release; none where none is given. */
    Optional<String> releaseName() {
        return Optional.ofNullable(release).map(r -> r.substring(r.indexOf('/') + 1));
    }

    /** The namespace of the release; empty where none is given. */
    String releaseNamespace() {
        int slash = release == null ? -1 : release.indexOf('/');
        return release == null || slash < 0 ? "" : release.substring(0, slash);
    }
}
