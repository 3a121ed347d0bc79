/**
 * Sets of traffic: what is left of a port table when only the verdict counts. Values and set algebra, nothing else.
 */
@NullMarked
package io.sluice.analysis.traffic;

import org.jspecify.annotations.NullMarked;
