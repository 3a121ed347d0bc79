/**
 * Do the policies do what we mean? A file of intents, each a sentence about who may reach whom, held against the
 * verdicts of the engine.
 *
 * <pre>
 *   file ─► IntentReader ─► IntentFile ─┐
 *                                       ├─► IntentRunner ─► IntentReport ─► report (text, TAP, JUnit, JSON)
 *   manifests ─► Snapshot ─► table ─────┘         └─► Coverage, Mutation: what would nobody notice?
 * </pre>
 *
 * <p>A pair is judged on whole sets of traffic, never on samples; a name or selector that stands for nobody is an error.
 */
@NullMarked
package io.sluice.analysis.intents;

import org.jspecify.annotations.NullMarked;
