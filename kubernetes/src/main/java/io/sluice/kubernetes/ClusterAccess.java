package io.sluice.kubernetes;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which cluster, and as whom.
 *
 * @param kubeconfig the file that says it; where there is none, those of KUBECONFIG, else {@code ~/.kube/config}, else the
 *     service account of the pod that this runs in
 * @param context of the kubeconfig; where there is none, its current one
 */
public record ClusterAccess(Optional<Path> kubeconfig, Optional<String> context) {}
