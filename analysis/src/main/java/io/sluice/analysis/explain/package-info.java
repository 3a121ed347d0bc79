/**
 * Why can, or can't, A reach B on this port? Both directions, every tier, every policy that selects the subject, the
 * rule that came nearest, and the smallest change that would turn the answer round.
 *
 * <p>A printing of {@link io.sluice.policy.decide.Decider}'s trace, never a second evaluation. A change is proposed only
 * after the decider, asked again with the changed policy, gave the other answer.
 */
@NullMarked
package io.sluice.analysis.explain;

import org.jspecify.annotations.NullMarked;
