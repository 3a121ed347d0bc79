/**
 * What the gate at a destination's proxy makes of a request ({@link io.sluice.policy.model.Mesh}). It stands behind the
 * network: a request must be allowed by the network's policies in both directions and by the gate.
 *
 * <pre>
 *   request ─► CUSTOM ─► DENY ─► ALLOW ─► the application
 *              asks      one     one, if
 *              somebody  denies  there is any
 * </pre>
 *
 * <p>Where only the connection is known, the answer has three values: what every such request meets, or that it depends,
 * with what it depends on. "Depends" may be said where in truth all requests fare alike; "allow" and "deny" are said
 * only where all do.
 */
@NullMarked
package io.sluice.policy.gate;

import org.jspecify.annotations.NullMarked;
