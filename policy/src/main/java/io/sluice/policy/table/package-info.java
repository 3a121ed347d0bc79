/**
 * The compiled answer: for a policy set, a direction and a peer identity, one small table of traffic ranges.
 *
 * <p>Endpoints that no policy can tell apart share an identity; pods that the same policies select share a policy set.
 * Equal tables are one object. Work is proportional to identities and policy sets, never to pods squared. Every answer
 * equals that of {@link io.sluice.policy.decide.Decider}; property tests hold the two together.
 *
 * <pre>
 *   snapshot ─► selectors ─► signatures ─► identities ─┐
 *           └─► subjects ──► policy sets ──────────────┴─► rows (hash-consed) ─► judge, connectivity, kernel
 * </pre>
 */
@NullMarked
package io.sluice.policy.table;

import org.jspecify.annotations.NullMarked;
