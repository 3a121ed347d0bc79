package io.sluice.lab;

import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.policy.model.Snapshot;
import java.nio.file.Path;

/** What enforces policies on one node of the lab. Held by {@link LabAgent}, one a node. */
public interface NodeRuntime extends AutoCloseable {
    /** Nothing is enforced: every connection is allowed. */
    Factory NONE = site -> new NodeRuntime() {
        @Override
        public void apply(Snapshot placed) {}

        @Override
        public String status() {
            return "nothing is enforced";
        }

        @Override
        public void close() {}
    };

    /**
     * Puts the policies of the snapshot in force on this node; when it returns, they are.
     *
     * @throws Exception if they are not; what was in force before still is
     */
    void apply(Snapshot placed) throws Exception;

    /** What is in force, and what went wrong last, in a line. */
    String status();

    /** Ends this process's part. The lab removes the node's namespace and its pins by itself. */
    @Override
    void close();

    /** Opens the enforcement of a node; called on a platform thread outside the node's namespace. */
    @FunctionalInterface
    interface Factory {
        NodeRuntime open(NodeSite site) throws Exception;
    }

    /**
     * Where a node is.
     *
     * @param node the node's name in the snapshot
     * @param pins a folder in bpffs for this node's pins, which the runtime makes if it wants it; the lab removes it
     */
    record NodeSite(String node, NetworkNamespace namespace, Path pins) {}
}
