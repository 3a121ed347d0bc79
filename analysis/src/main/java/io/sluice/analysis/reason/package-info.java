/**
 * A cause in words, and where it is written: the same sentence in every verb.
 */
@NullMarked
package io.sluice.analysis.reason;

import org.jspecify.annotations.NullMarked;
