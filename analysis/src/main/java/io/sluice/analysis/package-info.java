/**
 * Questions to the policies of a cluster, answered from files alone. One sub-package a question; each takes a
 * snapshot and returns values, the command prints them.
 */
@NullMarked
package io.sluice.analysis;

import org.jspecify.annotations.NullMarked;
