/**
 * What it costs: of a packet, of a connection between two pods, of a policy change, of a compilation.
 *
 * <p>Whole processes and JMH, run by hand (`make bench`), never from a test. Every benchmark prints its own comparison:
 * its configurations take turns in one run, and the figure to read is the ratio within a round, because the machine's
 * own mood is larger than most differences. The network benchmarks live in namespaces that they make and remove; the
 * host's own network is not touched.
 *
 * <pre>
 *   Main ─┬─ PacketBench   the BPF program on crafted packets
 *         ├─ PodsBench     TCP between two pods: Configuration × Workload in Rounds, through Topology and load.c
 *         ├─ ChangeBench   a policy set changes: until the kernel has it
 *         └─ JMH           Decider and VerdictTable
 * </pre>
 */
@NullMarked
package io.sluice.bench;

import org.jspecify.annotations.NullMarked;
