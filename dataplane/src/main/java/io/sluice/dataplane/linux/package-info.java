/**
 * The few calls of Linux that Sluice needs beyond the JDK, through the Foreign Function and Memory API.
 *
 * <p>Plain and typed; no policy, no BPF. Errors carry errno's name.
 */
@NullMarked
package io.sluice.dataplane.linux;

import org.jspecify.annotations.NullMarked;
