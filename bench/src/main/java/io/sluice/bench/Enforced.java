package io.sluice.bench;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.linux.NetworkNamespace;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A table in force the way an agent keeps it: a thread reads what the kernel reports, so that reporting is paid for
 * within the figures.
 */
final class Enforced implements AutoCloseable {
    private static final int POLL_MILLIS = 100;

    private final Dataplane dataplane;
    private final Thread reader;
    private final AtomicLong events = new AtomicLong();
    private volatile boolean closing;

    private Enforced(Dataplane dataplane) {
        this.dataplane = dataplane;
        this.reader = Thread.ofPlatform()
                .daemon()
                .name("events of " + dataplane.name())
                .unstarted(this::read);
    }

    static Enforced open(Backend backend, NetworkNamespace router, NodeTable table) throws DataplaneException {
        Enforced enforced = new Enforced(backend.open(router));
        try {
            enforced.dataplane.apply(table);
        } catch (DataplaneException | RuntimeException e) {
            enforced.dataplane.remove();
            enforced.dataplane.close();
            throw e;
        }
        enforced.reader.start();
        return enforced;
    }

    Dataplane dataplane() {
        return dataplane;
    }

    private void read() {
        while (!closing) {
            dataplane.poll(_ -> events.incrementAndGet(), POLL_MILLIS);
        }
    }

    /** @throws IllegalStateException if no packet was judged or none was reported: then the figures are of nothing */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        reader.join();
        long judged = dataplane.hits().values().stream()
                .mapToLong(Dataplane.Hits::packets)
                .sum();
        dataplane.remove();
        dataplane.close();
        if (judged == 0 || events.get() == 0) {
            throw new IllegalStateException(
                    dataplane.name() + " judged " + judged + " packets and reported " + events.get());
        }
    }
}
