package io.sluice.dataplane;

import io.sluice.policy.decide.Cause;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The enforcement of one node's table in the network namespace it was opened for. One writer: calls of
 * {@link #apply} must not overlap.
 */
public interface Dataplane extends AutoCloseable {
    /** {@code ebpf} or {@code nftables}. */
    String name();

    /**
     * Puts the table in force, in one step for every packet.
     *
     * @throws DataplaneException if it cannot; the table that was in force before still is
     */
    Applied apply(NodeTable table) throws DataplaneException;

    /**
     * Hands over, on the calling thread, what the kernel reported since the last call; waits at most the given time for
     * the first event.
     *
     * @return how many were handed over
     */
    int poll(Consumer<KernelEvent> sink, int timeoutMillis);

    /** Packets and bytes by cause since the kernel state was made; a cause without traffic may be missing. */
    Map<Cause, Hits> hits();

    /** Ends this process's part. What is in the kernel stays in force and can be adopted by the next process. */
    @Override
    void close();

    /** Takes everything out of the kernel; nothing is enforced afterwards. */
    void remove();

    /** What a change cost. */
    record Applied(int addressesWritten, int rowsWritten, int rowsInForce, long nanos) {}

    /** Traffic judged by one cause. */
    record Hits(long packets, long bytes) {}
}
