/**
 * The table in the kernel of one node.
 *
 * <p>{@link io.sluice.dataplane.NodeTable} says what is wanted, {@link io.sluice.dataplane.Dataplane} makes it so, in
 * one step or not at all, and reports what the kernel saw. Two backends give the same verdicts: eBPF and nftables.
 * Nothing here reads manifests or speaks to an API server.
 *
 * <pre>
 *   VerdictTable + node ─► NodeTable ─► Dataplane.apply ─► kernel
 *                                          KernelEvent ◄─ kernel    (cause id ─► Cause: NodeTable.causes)
 * </pre>
 */
@NullMarked
package io.sluice.dataplane;

import org.jspecify.annotations.NullMarked;
