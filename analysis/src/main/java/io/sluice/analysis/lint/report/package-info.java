/** Findings in the forms that other programs read. The form for people is the command line's. */
@NullMarked
package io.sluice.analysis.lint.report;

import org.jspecify.annotations.NullMarked;
