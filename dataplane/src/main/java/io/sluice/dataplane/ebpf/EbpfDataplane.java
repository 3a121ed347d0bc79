package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.linux.LinuxException;
import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.policy.decide.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The table of a node in eBPF, at the netfilter hooks of a network namespace (Linux 6.4 or newer).
 *
 * <p>Links and maps are pinned: what is in force stays so when this process ends, and {@link #open} takes it over
 * without a gap, also with a newer program and also if the maps of the older one are of another layout or size. A
 * pinned link keeps its network namespace alive: {@link #remove} before deleting the namespace.
 *
 * <p>{@link #apply}, {@link #poll} and {@link #hits} may run on different threads; {@link #close} waits for them.
 */
public final class EbpfDataplane implements Dataplane {
    private final Path folder;
    private final ConntrackGuard conntrack;
    private final KernelTable table;
    private final Links links;
    private final Pins pins;
    /** Tables that could not be adopted: in force beside this one until its first apply. */
    private final ConcurrentLinkedQueue<Pins> predecessors;

    private EbpfDataplane(
            Path folder, ConntrackGuard conntrack, KernelTable table, Links links, Pins pins, List<Pins> predecessors) {
        this.folder = folder;
        this.conntrack = conntrack;
        this.table = table;
        this.links = links;
        this.pins = pins;
        this.predecessors = new ConcurrentLinkedQueue<>(predecessors);
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
        Bpffs.require(folder);
        List<Pins> tables = Pins.in(folder);
        try (Adoption adoption = Adoption.of(tables, options)) {
            KernelTable table = load(options, adoption);
            try {
                Conntrack conntrack = new Conntrack(namespace);
                conntrack.keepOn();
                Links links = Links.attach(table.program(), namespace);
                Pins pins = adoption.pins().orElseGet(() -> Pins.after(tables, folder));
                pin(table.program(), links, pins, adoption.pins().isEmpty());
                List<Pins> predecessors = new ArrayList<>(tables);
                predecessors.remove(pins);
                ConntrackGuard guard = new ConntrackGuard(conntrack, table::untracked);
                return new EbpfDataplane(folder, guard, table, links, pins, predecessors);
            } catch (DataplaneException | RuntimeException e) {
                table.close();
                throw e;
            }
        } catch (LinuxException | UncheckedIOException e) {
            throw new DataplaneException(
                    "The eBPF objects cannot be kept in " + folder + ": " + e.getMessage()
                            + ". What was in force before still is.",
                    e);
        }
    }

    private static KernelTable load(EbpfOptions options, Adoption adoption) throws DataplaneException {
        Program program = Program.load(options, adoption.maps(), OptionalInt.empty());
        try {
            if (adoption.pins().isEmpty()) {
                program.maps().config().initialize();
            }
            return new KernelTable(program);
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    private static void pin(Program program, Links links, Pins pins, boolean isNew) {
        try {
            if (isNew) {
                pins.pin(program.maps().all());
            }
            links.pin(pins);
        } catch (RuntimeException e) {
            links.close();
            if (isNew) {
                pins.delete();
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return "ebpf";
    }

    @Override
    public Applied apply(NodeTable wanted) throws DataplaneException {
        Applied applied = table.apply(wanted);
        for (Pins old = predecessors.poll(); old != null; old = predecessors.poll()) {
            old.delete();
        }
        return applied;
    }

    @Override
    public int poll(Consumer<KernelEvent> sink, int timeoutMillis) {
        int count = table.poll(sink, timeoutMillis);
        conntrack.look();
        return count;
    }

    @Override
    public Map<Cause, Hits> hits() {
        return table.hits();
    }

    @Override
    public void close() {
        links.close();
        table.close();
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
}
