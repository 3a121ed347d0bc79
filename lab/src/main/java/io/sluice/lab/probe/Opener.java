package io.sluice.lab.probe;

import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.lab.LabException;
import io.sluice.lab.net.Names;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Makes the sockets of attempts, each inside its source's namespace, and never more than are allowed at a time. */
final class Opener implements AutoCloseable {
    private final BlockingQueue<List<Attempt>> work = new LinkedBlockingQueue<>();
    private final Semaphore allowed;
    private final Queue<Attempt> started;
    private final Selector selector;
    private final Thread thread;
    private volatile @Nullable Exception failure;

    Opener(int outstanding, Queue<Attempt> started, Selector selector) {
        this.allowed = new Semaphore(outstanding);
        this.started = started;
        this.selector = selector;
        this.thread = Thread.ofPlatform().daemon().name("probe opener").start(this::open);
    }

    /** Queues attempts of one source, not more than are allowed at a time altogether. */
    void add(List<Attempt> ofOneSource) {
        work.add(List.copyOf(ofOneSource));
    }

    /** One that was started is over. */
    void release() {
        allowed.release();
    }

    /** @throws LabException if sockets cannot be made */
    void check() {
        Exception e = failure;
        if (e != null) {
            throw e instanceof LabException lab ? lab : new LabException("cannot probe: " + e.getMessage(), e);
        }
    }

    private void open() {
        try {
            while (true) {
                List<Attempt> chunk = work.take();
                allowed.acquire(chunk.size());
                NetworkNamespace.named(Names.namespace(chunk.getFirst().probe.from()))
                        .call(() -> {
                            for (Attempt attempt : chunk) {
                                attempt.start();
                                started.add(attempt);
                            }
                            return chunk.size();
                        });
                selector.wakeup();
            }
        } catch (InterruptedException e) {
            // The prober is done.
            return;
        } catch (Exception e) {
            failure = e;
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
