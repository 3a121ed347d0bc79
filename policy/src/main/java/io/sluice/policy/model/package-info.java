/**
 * What policies are about and what they say: the cluster's state as policies see it, and one form for the policies of
 * every dialect.
 *
 * <p>Immutable values without I/O. Dialects are translated into these types at the edge (module {@code manifests});
 * nothing here or above asks which dialect a rule came from. Absence is a type: a rule without peers in its text has
 * the peer {@link io.sluice.policy.model.Peer.Everything}, an empty peer list matches nothing.
 */
@NullMarked
package io.sluice.policy.model;

import org.jspecify.annotations.NullMarked;
