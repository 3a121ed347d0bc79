/**
 * From the verdict table of a cluster to what one of its nodes enforces.
 *
 * <p>A node judges the traffic of its own pods: egress where it starts, ingress where it ends. Everything that the kernel
 * cannot know, such as which node is the own one, is decided here, once, into rows.
 */
@NullMarked
package io.sluice.dataplane.enforce;

import org.jspecify.annotations.NullMarked;
