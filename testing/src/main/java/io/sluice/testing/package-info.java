/**
 * What the tests of several modules share, never part of the product: published conformance suites as values of the
 * model, random clusters from a seed, and shrinking of what fails.
 *
 * <p>The readers here translate policies on their own, without module {@code manifests}: two independent readings of
 * the same suites.
 */
@NullMarked
package io.sluice.testing;

import org.jspecify.annotations.NullMarked;
