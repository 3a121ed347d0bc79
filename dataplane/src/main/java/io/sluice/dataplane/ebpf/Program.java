package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.dataplane.bpf.BpfObject;
import io.sluice.dataplane.bpf.BpfProgram;
import io.sluice.dataplane.bpf.VerifierException;
import io.sluice.dataplane.linux.Errno;
import io.sluice.dataplane.linux.LinuxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The compiled program of this jar, loaded with its maps. Attached to nothing. */
final class Program implements AutoCloseable {
    private static final String FILE = "sluice.bpf.o";
    private static final int AS_TRACKED = -1;
    private static final Path TYPES = Path.of("/sys/kernel/btf/vmlinux");
    private static final String OTHERWISE = " Nothing was changed. nftables can enforce the same table.";

    private final BpfObject object;
    private final Maps maps;

    private Program(BpfObject object) {
        this.object = object;
        maps = Maps.of(object::map);
    }

    /**
     * Loads it with maps of its own.
     *
     * @param assumedConnection the ctinfo that every packet is taken to have, for tests; empty: what conntrack says
     */
    static Program load(EbpfOptions options, OptionalInt assumedConnection) throws DataplaneException {
        return load(options, Map.of(), assumedConnection);
    }

    /** Loads it over existing maps, by name. */
    static Program load(EbpfOptions options, Map<String, BpfMap> existing, OptionalInt assumedConnection)
            throws DataplaneException {
        requireKernelTypes();
        BpfObject object;
        try {
            object = new BpfObject("sluice", file());
        } catch (LinuxException e) {
            throw new DataplaneException(
                    "The eBPF program cannot be opened: " + e.getMessage()
                            + ". It needs libbpf 1.0 or newer (Debian: apt-get install libbpf1)." + OTHERWISE,
                    e);
        }
        try {
            object.declareNetfilter("forward");
            object.declareNetfilter("local_in");
            sizes(options).forEach((map, size) -> {
                BpfMap known = existing.get(map);
                if (known == null) {
                    object.resize(map, size);
                }
            });
            existing.forEach(object::reuse);
            MemorySegment settings = object.section(".rodata");
            settings.set(JAVA_INT, 0, assumedConnection.orElse(AS_TRACKED));
            settings.set(JAVA_INT, 4, options.refusedPerSecond());
            object.load();
            return new Program(object);
        } catch (VerifierException e) {
            object.close();
            throw new DataplaneException(refusal(e) + OTHERWISE, e);
        } catch (LinuxException e) {
            object.close();
            throw new DataplaneException("The eBPF program cannot be loaded: " + e.getMessage() + "." + OTHERWISE, e);
        }
    }

    static Map<String, Integer> sizes(EbpfOptions options) {
        return Map.of(
                "addresses", options.addresses(),
                "networks", options.networks(),
                "rows", options.rows(),
                "blocks", options.ranges(),
                "hits", options.causes(),
                "causes", options.causes(),
                "events", options.eventBytes());
    }

    Maps maps() {
        return maps;
    }

    BpfProgram forward() {
        return object.program("forward");
    }

    BpfProgram localIn() {
        return object.program("local_in");
    }

    List<BpfMap> allMaps() {
        return maps.all();
    }

    @Override
    public void close() {
        object.close();
    }

    private static void requireKernelTypes() throws DataplaneException {
        if (!Files.exists(TYPES)) {
            throw new DataplaneException("The kernel does not describe its types: " + TYPES
                    + " is missing (CONFIG_DEBUG_INFO_BTF), so the eBPF program cannot be fitted to it." + OTHERWISE);
        }
    }

    private static String refusal(VerifierException e) {
        String kernel = System.getProperty("os.version");
        return switch (e.errno()) {
            case Errno.EPERM ->
                "The kernel does not permit eBPF programs to be loaded (EPERM): run as root, or with"
                        + " CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON.";
            case Errno.ENOMEM ->
                "The kernel has no memory for the maps (ENOMEM): open the data plane with smaller sizes.";
            default ->
                e.lastLines().isEmpty()
                        ? "Kernel " + kernel + " does not take the eBPF program: " + e.getMessage()
                                + ". It needs Linux 6.4 or newer with CONFIG_NETFILTER_BPF_LINK."
                        : "Kernel " + kernel + " refused the eBPF program: " + e.getMessage() + ". Its verifier says:\n"
                                + e.lastLines() + "\n";
        };
    }

    private static byte[] file() {
        try (InputStream in = Program.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not beside " + Program.class);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
