/**
 * Whatever bytes a reader is given: it ends soon, needs little memory, says what is wrong as values with a place inside
 * the input, and says the same when asked again.
 *
 * <p>Each class has one fuzz test, for the fuzzer takes one a process. Without a fuzzer they run over the kept inputs,
 * {@code src/test/resources}: {@code by-hand} those written for a decoder or a form of text; {@code by-fuzzer} those that a
 * fuzzer found, by name what was wrong, by hash what reached code that no other did. {@code make fuzz} looks for more.
 */
@NullMarked
package io.sluice.fuzz;

import org.jspecify.annotations.NullMarked;
