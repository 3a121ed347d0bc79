package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.Dataplane.Applied;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.policy.decide.Cause;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A loaded program and its maps as one thing: a table goes in, events and counts come out. Thread-safe. */
final class KernelTable implements AutoCloseable {
    private final Program program;
    private final CauseNumbers causes;
    private final TableWriter writer;
    private final EventReader events;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private boolean closed;

    /** Takes the program's maps as they are, new or in force, and the program itself into its keeping. */
    KernelTable(Program program) {
        this.program = program;
        Maps maps = program.maps();
        causes = new CauseNumbers(maps.causes(), maps.hits());
        writer = new TableWriter(maps, causes);
        events = new EventReader(maps.events(), maps.paces(), causes);
    }

    Program program() {
        return program;
    }

    Applied apply(NodeTable table) throws DataplaneException {
        writing.lock();
        try {
            requireOpen();
            return writer.apply(table);
        } finally {
            writing.unlock();
        }
    }

    int poll(Consumer<KernelEvent> sink, int timeoutMillis) {
        reading.lock();
        try {
            requireOpen();
            return events.poll(sink, timeoutMillis);
        } finally {
            reading.unlock();
        }
    }

    /** Forwarded packets that connection tracking did not see, or found invalid, since ever. */
    long untracked() {
        reading.lock();
        try {
            requireOpen();
            return program.maps().paces().untracked();
        } finally {
            reading.unlock();
        }
    }

    Map<Cause, Dataplane.Hits> hits() {
        writing.lock();
        try {
            requireOpen();
            Map<Cause, Dataplane.Hits> all = new HashMap<>();
            causes.forEach(
                    (number, cause) -> all.put(cause, program.maps().hits().read(number)));
            return all;
        } finally {
            writing.unlock();
        }
    }

    /** Waits for a running {@link #poll}. */
    @Override
    public void close() {
        writing.lock();
        reading.lock();
        try {
            if (!closed) {
                closed = true;
                events.close();
                program.close();
            }
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the data plane is closed");
        }
    }
}
