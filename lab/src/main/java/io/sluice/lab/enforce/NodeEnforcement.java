package io.sluice.lab.enforce;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.enforce.NodeEnforcer;
import io.sluice.flows.Flow;
import io.sluice.lab.NodeRuntime;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.table.VerdictTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** One node of the lab: its kernel at the policies, its events in the flow log. */
final class NodeEnforcement implements NodeRuntime {
    private static final int WAIT_MILLIS = 200;
    private static final System.Logger LOG = System.getLogger(NodeEnforcement.class.getName());

    private final String node;
    private final NodeEnforcer enforcer;
    private final Function<Snapshot, VerdictTable> compiler;
    private final FlowLog log;
    private final Thread reader;
    private volatile AddressBook addresses =
            AddressBook.of(Snapshot.of(List.of(), List.of(), List.of(), List.of(), List.of()));
    private volatile String lastResult = "nothing applied yet";
    private volatile boolean open = true;

    NodeEnforcement(
            String node,
            List<Cidr> podRanges,
            NodeTable.Mode mode,
            Dataplane dataplane,
            Function<Snapshot, VerdictTable> compiler,
            FlowLog log) {
        this.node = node;
        this.enforcer = new NodeEnforcer(node, podRanges, mode, dataplane);
        this.compiler = compiler;
        this.log = log;
        this.reader = Thread.ofPlatform().daemon().name("flows of " + node).start(this::read);
    }

    @Override
    public void apply(Snapshot placed) throws DataplaneException {
        try {
            Dataplane.Applied applied = enforcer.enforce(compiler.apply(placed));
            addresses = AddressBook.of(placed);
            lastResult =
                    "%d policies in force, %d rows".formatted(placed.policies().size(), applied.rowsInForce());
        } catch (DataplaneException e) {
            LOG.log(System.Logger.Level.ERROR, node + ": " + e.getMessage());
            lastResult = "the last change was refused, the policies before it are in force: " + e.getMessage();
            throw e;
        }
    }

    @Override
    public String status() {
        return enforcer.dataplane().name() + ", " + lastResult;
    }

    private void read() {
        while (open) {
            try {
                enforcer.dataplane().poll(this::write, WAIT_MILLIS);
                log.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void write(KernelEvent event) {
        switch (event) {
            case KernelEvent.Judged judged -> {
                try {
                    log.add(Flow.of(node, judged, addresses::party));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            // Lost events cost words in the log, never a verdict.
            case KernelEvent.Lost _ -> {}
        }
    }

    @Override
    public void close() {
        open = false;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        enforcer.close();
    }
}
