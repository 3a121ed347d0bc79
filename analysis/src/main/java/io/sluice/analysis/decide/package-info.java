/**
 * What is the verdict of each of these connections? A stream of lines in, the same lines with their verdicts out.
 *
 * <p>A reading of {@link io.sluice.policy.table.VerdictTable}: endpoints are looked up once, causes are written as text
 * once, and a line costs two row look-ups. Nothing is judged here.
 */
@NullMarked
package io.sluice.analysis.decide;

import org.jspecify.annotations.NullMarked;
