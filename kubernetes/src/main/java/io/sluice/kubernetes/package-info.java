/**
 * The objects of a running cluster, as its API server answers them: JSON, page by page, for {@code manifests} to read.
 *
 * <p>Nothing is changed in the cluster and nothing is watched: {@code get} for discovery and {@code list}, once. Whatever
 * keeps the answer from being whole is either said (a kind that verdicts can do without) or refused (one that they cannot).
 */
@NullMarked
package io.sluice.kubernetes;

import org.jspecify.annotations.NullMarked;
