package io.sluice.lab;

import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.lab.NodeRuntime.NodeSite;
import io.sluice.lab.net.Names;
import io.sluice.policy.model.Node;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The living part of a lab: the sockets that answer on the pods' ports, and the enforcement of each node. It reads what
 * to do from the lab's state and takes orders through a socket beside it; it ends when told to, or when it is killed.
 */
public final class LabHost implements AutoCloseable {
    private final Map<String, NodeRuntime> runtimes = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Listeners listeners = Listeners.start();
    private final HostControl control;

    private LabHost(NodeRuntime.Factory factory) {
        try {
            LabState state = LabState.read().orElseThrow(() -> new LabException("there is no lab to be the host of"));
            for (Node node : state.snapshot().nodes()) {
                String namespace = Names.namespace(node);
                Path pins = LabFiles.pins(node.name());
                runtimes.put(
                        node.name(), factory.open(new NodeSite(node.name(), NetworkNamespace.named(namespace), pins)));
            }
            apply(state);
            control = HostControl.open(this);
        } catch (Exception e) {
            closeParts();
            throw e instanceof LabException lab ? lab : new LabException("the lab's host fails: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the host of the lab of this machine, in this process: enforcement first, then the ports.
     *
     * @throws LabException if there is no lab, or a node's enforcement or a port cannot be opened
     */
    public static LabHost open(NodeRuntime.Factory factory) {
        return new LabHost(factory);
    }

    /** Waits until the lab is taken down. What a background process does after {@link #open}. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** Puts the state in force: policies before ports, so that no pod answers before it is protected. */
    void apply(LabState state) throws Exception {
        for (NodeRuntime runtime : runtimes.values()) {
            runtime.apply(state.snapshot());
        }
        listeners.serve(Station.of(state.snapshot(), state.world()));
    }

    @Override
    public void close() {
        end();
        stopped();
    }

    /** Lets go of everything; whoever waits in {@link #awaitStop} goes on waiting. */
    void end() {
        control.close();
        closeParts();
    }

    void stopped() {
        stopped.countDown();
    }

    private void closeParts() {
        listeners.close();
        runtimes.values().forEach(NodeRuntime::close);
        runtimes.clear();
    }
}
