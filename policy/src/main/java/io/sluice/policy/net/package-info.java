/**
 * Addresses, prefixes, protocols and ranges of traffic: the numbers that policies speak of.
 *
 * <p>Values only: immutable, thread-safe, no I/O and no name resolution.
 */
@NullMarked
package io.sluice.policy.net;

import org.jspecify.annotations.NullMarked;
