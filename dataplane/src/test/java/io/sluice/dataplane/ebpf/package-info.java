/** The program against crafted packets, and against real ones between namespaces. */
@NullMarked
package io.sluice.dataplane.ebpf;

import org.jspecify.annotations.NullMarked;
