/**
 * What is wrong or risky in a set of policies, and the machinery around the checks: suppressions, baseline,
 * configuration.
 *
 * <pre>
 *   manifests ─► Cluster (indexes, engine, texts) ─► Check ... ─► findings ─► suppressed? known? ─► report
 * </pre>
 *
 * <p>The checks are in {@link io.sluice.analysis.lint.check}, the output formats in
 * {@link io.sluice.analysis.lint.report}. What a rule allows is asked of the engine, never worked out here.
 */
@NullMarked
package io.sluice.analysis.lint;

import org.jspecify.annotations.NullMarked;
