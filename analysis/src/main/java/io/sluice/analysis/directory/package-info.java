/**
 * What a person calls an endpoint (pod, workload, Service, address) and which party of the snapshot is meant.
 *
 * <p>Offline manifests have pods without addresses: such a pod is found by name alone, and no ipBlock matches it.
 */
@NullMarked
package io.sluice.analysis.directory;

import org.jspecify.annotations.NullMarked;
