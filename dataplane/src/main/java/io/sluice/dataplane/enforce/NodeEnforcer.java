package io.sluice.dataplane.enforce;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.NodeTable;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.table.VerdictTable;
import java.util.List;

/**
 * Keeps the kernel of one node at the policies of the cluster. Not thread-safe: one thread enforces; events are polled
 * from the data plane by another.
 */
public final class NodeEnforcer implements AutoCloseable {
    private final String node;
    private final List<Cidr> podRanges;
    private final NodeTable.Mode mode;
    private final Dataplane dataplane;

    public NodeEnforcer(String node, List<Cidr> podRanges, NodeTable.Mode mode, Dataplane dataplane) {
        this.node = node;
        this.podRanges = List.copyOf(podRanges);
        this.mode = mode;
        this.dataplane = dataplane;
    }

    /** @throws DataplaneException if the kernel could not take it; what was in force before still is */
    public Dataplane.Applied enforce(VerdictTable table) throws DataplaneException {
        return dataplane.apply(NodeTables.of(table, node, podRanges, mode));
    }

    public Dataplane dataplane() {
        return dataplane;
    }

    @Override
    public void close() {
        dataplane.close();
    }
}
