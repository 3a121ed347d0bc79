/**
 * The {@code sluice} command: one class a verb. A verb reads its arguments, calls the module that knows, prints, and
 * returns the exit status; it decides nothing.
 *
 * <p>Exit status: 0 good; 1 findings, differences or failed expectations; 2 wrong use or unreadable input, with the
 * reason on stderr and nothing on stdout that looks like a result.
 */
@NullMarked
package io.sluice.cli;

import org.jspecify.annotations.NullMarked;
