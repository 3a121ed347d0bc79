/**
 * Who reaches whom: every pair of ends of a snapshot with the traffic allowed between them.
 *
 * <p>A reading of {@link io.sluice.policy.table.VerdictTable}. Ends that share policy set and identity are computed
 * once; a set of traffic is a number, and so is the product of two. A source costs one pass over its egress row and one
 * over the ingress rows that speak of it, whatever the number of pods.
 *
 * <pre>
 *   snapshot ─► groups (workloads, pods, external ranges) ─► kin (set, identity, family) ─► row of traffic per source
 * </pre>
 */
@NullMarked
package io.sluice.analysis.reach;

import org.jspecify.annotations.NullMarked;
