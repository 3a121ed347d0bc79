/**
 * The checks: one small class each, with its words and, as resources, a manifest in which it fires and one in which
 * nothing does. {@link io.sluice.analysis.lint.check.Checks} is the list of them.
 *
 * <p>A check that cannot tell says nothing. Where a peer may be a pod that was not read, where a pod does not say which
 * ports it serves, where no Namespace object tells which labels there are, there is no finding.
 */
@NullMarked
package io.sluice.analysis.lint.check;

import org.jspecify.annotations.NullMarked;
