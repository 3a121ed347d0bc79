/**
 * What would this change open and close? Two snapshots compared by the connections they allow, each difference with the
 * edit that makes it.
 *
 * <p>Ends of both snapshots are matched by name, and the world outside is divided by the address blocks of both. The
 * verdicts come from the two tables, what decided them from their causes; nothing is judged here.
 */
@NullMarked
package io.sluice.analysis.diff;

import org.jspecify.annotations.NullMarked;
