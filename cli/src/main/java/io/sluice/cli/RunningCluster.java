package io.sluice.cli;

import io.sluice.kubernetes.ClusterAccess;
import io.sluice.kubernetes.ClusterObjects;
import io.sluice.kubernetes.ClusterReader;
import io.sluice.kubernetes.ClusterUnavailable;
import io.sluice.manifests.Intake;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The cluster of {@code --cluster}. The client that reads it is loaded only when there is such a cluster: it is larger
 * than all else, and would slow down every other start.
 */
final class RunningCluster {
    /** Read for what workloads are configured to call, and by nobody else: they may be many, large and private. */
    private static final String CONFIG_MAP = "v1 ConfigMap";

    private final ClusterObjects objects;

    private RunningCluster(ClusterObjects objects) {
        this.objects = objects;
    }

    /**
     * Reads it, if it is asked for; what is left out is said on stderr.
     *
     * @throws Refusal if it cannot be read
     */
    static Optional<RunningCluster> of(SourceOptions options, boolean configMaps, PrintWriter err) {
        if (!options.cluster) {
            return Optional.empty();
        }
        Set<String> kinds = new TreeSet<>(Intake.kinds());
        if (!configMaps) {
            kinds.remove(CONFIG_MAP);
        }
        ClusterAccess access =
                new ClusterAccess(Optional.ofNullable(options.kubeconfig), Optional.ofNullable(options.context));
        try {
            ClusterObjects objects =
                    Waiting.during("reading the cluster", err, () -> ClusterReader.read(access, kinds));
            objects.warnings().forEach(warning -> err.println("sluice: warning: " + warning));
            return Optional.of(new RunningCluster(objects));
        } catch (ClusterUnavailable e) {
            throw new Refusal("sluice: " + e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            // The launcher loads the client where it sees the option, which it does not in a file of arguments.
            throw new Refusal("sluice: give --cluster on the command line itself, not in a file of arguments", e);
        }
    }

    /** Beneath what has been read so far. */
    void read(Intake into) {
        objects.listings()
                .forEach(listing ->
                        listing.pages().forEach(page -> into.listed(listing.apiVersion(), listing.kind(), page)));
    }
}
