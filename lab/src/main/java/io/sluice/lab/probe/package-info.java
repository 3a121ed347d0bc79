/**
 * Who reaches whom? Asked of the network itself, by TCP connects and UDP requests from inside the namespaces.
 *
 * <p>{@link io.sluice.lab.probe.ProbePlan} says what to ask and how the policies should answer,
 * {@link io.sluice.lab.probe.Prober} asks. The prober never learns what is expected: an observation cannot be bent
 * towards it.
 */
@NullMarked
package io.sluice.lab.probe;

import org.jspecify.annotations.NullMarked;
