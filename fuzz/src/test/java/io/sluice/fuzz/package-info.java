/**
 * Whatever bytes a reader is given: it ends soon, needs little memory, says what is wrong as values with a place inside
 * the input, and says the same when asked again.
 *
 * <p>Each class has one fuzz test, for the fuzzer takes one a process. Without a fuzzer they run over the kept inputs,
 * {@code src/test/resources}: by name those written by hand, one for each decoder; by hash those that a fuzzer found
 * to reach something new. {@code make fuzz} looks for more.
 */
@NullMarked
package io.sluice.fuzz;

import org.jspecify.annotations.NullMarked;
