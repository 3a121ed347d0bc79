/**
 * What the kernel saw, in words: who spoke to whom, what happened, and which rule decided it.
 *
 * <p>A {@link io.sluice.flows.Flow} is a kernel event with its addresses and causes resolved. The written form is that
 * of Hubble (JSON lines of {@code flow.proto}), so that its readers, and Sluice's own, take it as it is.
 */
@NullMarked
package io.sluice.flows;

import org.jspecify.annotations.NullMarked;
