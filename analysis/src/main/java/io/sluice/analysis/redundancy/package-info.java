/**
 * Which rules and policies could go without anybody noticing, and where the order of policies is left open?
 *
 * <p>Removals are judged by {@link io.sluice.policy.table.Removals}, ambiguities by the decider's trace; both for the
 * pods, nodes and addresses of the snapshot as it is.
 */
@NullMarked
package io.sluice.analysis.redundancy;

import org.jspecify.annotations.NullMarked;
