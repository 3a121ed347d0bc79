/**
 * The reference answer: is this connection allowed, and why?
 *
 * <p>{@link io.sluice.policy.decide.Decider} reads the rules in order, obvious and slow, and returns the whole trace;
 * explaining is nothing but printing it. The compiled table and the kernel are compared with it. No caching and no
 * index may come in here.
 */
@NullMarked
package io.sluice.policy.decide;

import org.jspecify.annotations.NullMarked;
