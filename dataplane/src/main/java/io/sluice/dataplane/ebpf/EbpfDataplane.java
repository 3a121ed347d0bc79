package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.dataplane.linux.LinuxException;
import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.policy.decide.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The table of a node in eBPF, at the netfilter hooks of a network namespace (Linux 6.4 or newer).
 *
 * <p>Links and maps are pinned: what is in force stays so when this process ends, and {@link #open} takes it over
 * without a gap, also with a newer program and also if the maps of the older one are of another layout. A pinned link
 * keeps its network namespace alive: {@link #remove} before deleting the namespace.
 */
public final class EbpfDataplane implements Dataplane {
    private final Path folder;
    private final Conntrack conntrack;
    private final Program program;
    private final Links links;
    private final Pins pins;
    private final List<Pins> predecessors;
    private final HitsMap hits;
    private final CauseNumbers causes;
    private final TableWriter writer;
    private final EventReader events;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock writing = new ReentrantLock();
    private boolean closed;

    private EbpfDataplane(
            Path folder, Conntrack conntrack, Program program, Links links, Pins pins, List<Pins> predecessors) {
        this.folder = folder;
        this.conntrack = conntrack;
        this.program = program;
        this.links = links;
        this.pins = pins;
        this.predecessors = new ArrayList<>(predecessors);
        Maps maps = program.maps();
        hits = new HitsMap(maps.hits());
        causes = new CauseNumbers(maps.causes(), hits);
        writer = new TableWriter(maps, causes);
        events = new EventReader(maps.events(), maps.paces(), causes);
    }

    /**
     * Attaches to the namespace, or takes over what an earlier process left there. What that enforced goes on until the
     * first {@link #apply}.
     *
     * @param folder this node's own, on a BPF file system, which is mounted if there is none; no dots in its name
     * @throws DataplaneException saying what is missing; what was in force before still is
     */
    public static EbpfDataplane open(NetworkNamespace namespace, Path folder, EbpfOptions options)
            throws DataplaneException {
        Conntrack conntrack = new Conntrack(namespace);
        Bpffs.require(folder);
        List<Pins> tables = Pins.in(folder);
        Adoption adoption = Adoption.of(tables, options);
        try {
            Program program = Program.load(options, adoption.maps(), OptionalInt.empty());
            try {
                conntrack.keepOn();
                Links links = Links.attach(program, namespace);
                Pins pins = adoption.pins().orElseGet(() -> Pins.after(tables, folder));
                if (adoption.pins().isEmpty()) {
                    program.maps().config().initialize();
                    pins.pin(program.allMaps());
                }
                links.pin(pins);
                List<Pins> predecessors = new ArrayList<>(tables);
                predecessors.remove(pins);
                return new EbpfDataplane(folder, conntrack, program, links, pins, predecessors);
            } catch (DataplaneException | RuntimeException e) {
                program.close();
                throw e;
            }
        } catch (LinuxException | UncheckedIOException e) {
            throw new DataplaneException("The eBPF objects cannot be kept in " + folder + ": " + e.getMessage()
                    + ". What was in force before still is.", e);
        } finally {
            adoption.close();
        }
    }

    @Override
    public String name() {
        return "ebpf";
    }

    @Override
    public Applied apply(NodeTable table) throws DataplaneException {
        writing.lock();
        try {
            requireOpen();
            Applied applied = writer.apply(table);
            predecessors.forEach(Pins::delete);
            predecessors.clear();
            return applied;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public int poll(Consumer<KernelEvent> sink, int timeoutMillis) {
        reading.lock();
        try {
            requireOpen();
            return events.poll(sink, timeoutMillis);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public Map<Cause, Hits> hits() {
        reading.lock();
        try {
            requireOpen();
            Map<Cause, Hits> all = new HashMap<>();
            for (int number = 1; number < causes.size(); number++) {
                int of = number;
                causes.cause(number).ifPresent(cause -> all.put(cause, hits.read(of)));
            }
            return all;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        reading.lock();
        try {
            if (!closed) {
                closed = true;
                events.close();
                links.close();
                program.close();
            }
        } finally {
            reading.unlock();
            writing.unlock();
        }
    }

    @Override
    public void remove() {
        close();
        predecessors.forEach(Pins::delete);
        pins.delete();
        conntrack.remove();
        try {
            Bpffs.release(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the data plane is closed");
        }
    }
}
