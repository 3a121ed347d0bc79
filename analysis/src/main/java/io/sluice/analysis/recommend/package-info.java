/**
 * Which policies allow just what was seen?
 *
 * <pre>
 *   recorded flows ─► FlowReader ─┐
 *                                 ├─► Observed (who talks to whom) ─► Drafting ─► policies ─► PolicyYaml
 *   manifests ─► References ──────┘                                      │
 *                                                       engine ─► Proof: seen ⊆ allowed, and what is allowed beyond
 * </pre>
 *
 * <p>Whether something is allowed, and by how much more, is asked of the engine that enforces; nothing is guessed from
 * the text of what was generated. The same input gives the same output, to the byte.
 */
@NullMarked
package io.sluice.analysis.recommend;

import org.jspecify.annotations.NullMarked;
