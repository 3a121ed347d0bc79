/**
 * JSON written by hand: no reflection, no start-up cost, stable order.
 */
@NullMarked
package io.sluice.analysis.json;

import org.jspecify.annotations.NullMarked;
