/**
 * Results on their way out: JSON written by hand (no reflection, no start-up cost, stable order) and bytes in bulk.
 */
@NullMarked
package io.sluice.analysis.output;

import org.jspecify.annotations.NullMarked;
