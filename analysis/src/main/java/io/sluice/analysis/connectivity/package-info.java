/**
 * Who can talk to whom, on what? All allowed connections of a snapshot, listed or drawn.
 *
 * <p>The text and JSON forms are those of np-guard's analyzer: ends as {@code ns/name[Kind]} and
 * {@code a-b[External]}, traffic as {@code TCP 80-81,8080,UDP 53}; an end with itself, and addresses among themselves,
 * are not listed.
 */
@NullMarked
package io.sluice.analysis.connectivity;

import org.jspecify.annotations.NullMarked;
