/**
 * A cluster of network namespaces on one Linux machine: what a snapshot says, with real packets.
 *
 * <pre>
 *   world ── fabric ─┬─ node-1 ─┬─ pod          each box a network namespace, each line a veth pair;
 *                    │          └─ pod          every packet between two boxes is routed, so that all traffic
 *                    └─ node-2 ─── pod          of a pod passes its node's FORWARD (or LOCAL_IN) hook
 * </pre>
 *
 * <p>{@link io.sluice.lab.Placement} gives pods, nodes and Services the addresses they lack, {@link io.sluice.lab.Lab}
 * builds, changes and removes the network, {@link io.sluice.lab.LabHost} is the background part that answers on the
 * pods' ports and holds the enforcement of each node, package {@code probe} asks the network who reaches whom.
 *
 * <p>The machine's own network namespace is never touched: no link, no address, no route, no rule, no sysctl. Nothing
 * here prints; progress goes to a callback and failures are {@link io.sluice.lab.LabException}s.
 */
@NullMarked
package io.sluice.lab;

import org.jspecify.annotations.NullMarked;
