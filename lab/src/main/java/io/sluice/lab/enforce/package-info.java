/**
 * The enforcement of the lab's nodes: the same data planes that a cluster's nodes run, and a log of what they saw.
 *
 * <p>A policy that cannot be put in force leaves the last good one in force; status and log say so.
 */
@NullMarked
package io.sluice.lab.enforce;

import org.jspecify.annotations.NullMarked;
