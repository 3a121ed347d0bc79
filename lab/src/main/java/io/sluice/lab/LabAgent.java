package io.sluice.lab;

import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.lab.NodeRuntime.NodeSite;
import io.sluice.lab.net.Names;
import io.sluice.policy.model.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What enforces the policies on every node of the lab. It reads what to do from the lab's state and takes orders through
 * a socket beside it. When it is killed, what is in the kernel stays in force, and the next agent takes it over.
 */
public final class LabAgent implements LabPart {
    static final String ROLE = "agent";

    private final Map<String, NodeRuntime> runtimes = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final PartControl control;
    private @Nullable LabState inForce;

    private LabAgent(NodeRuntime.Factory factory) {
        try {
            LabState state = LabState.read().orElseThrow(() -> new LabException("there is no lab to enforce in"));
            for (Node node : state.snapshot().nodes()) {
                NetworkNamespace namespace = NetworkNamespace.named(Names.namespace(node));
                runtimes.put(
                        node.name(), factory.open(new NodeSite(node.name(), namespace, LabFiles.pins(node.name()))));
            }
            apply(state);
            control = PartControl.open(ROLE, this);
        } catch (Exception e) {
            runtimes.values().forEach(NodeRuntime::close);
            throw e instanceof LabException lab
                    ? lab
                    : new LabException("the lab's policies cannot be enforced: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the agent of the lab, in this process; the policies of its state are in force when this returns.
     *
     * @throws LabException if there is no lab, or a node's enforcement cannot be opened
     */
    public static LabAgent open(NodeRuntime.Factory factory) {
        return new LabAgent(factory);
    }

    /** Waits until the lab is taken down. What a background process does after {@link #open}. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /** On every node or on none: where one refuses, the others go back to what was in force. */
    @Override
    public void apply(LabState state) throws Exception {
        List<NodeRuntime> changed = new ArrayList<>();
        try {
            for (NodeRuntime runtime : runtimes.values()) {
                runtime.apply(state.snapshot());
                changed.add(runtime);
            }
            inForce = state;
        } catch (Exception e) {
            if (inForce != null) {
                for (NodeRuntime runtime : changed) {
                    runtime.apply(inForce.snapshot());
                }
            }
            throw e;
        }
    }

    @Override
    public String status() {
        return runtimes.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue().status())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        control.close();
        runtimes.values().forEach(NodeRuntime::close);
        stopped.countDown();
    }
}
