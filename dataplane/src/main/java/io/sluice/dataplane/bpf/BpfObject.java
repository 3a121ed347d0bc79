package io.sluice.dataplane.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.dataplane.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled BPF object file: opened, given its sizes and settings, then loaded into the kernel. Closing it closes the
 * descriptors of its programs and maps; what is attached or pinned stays in the kernel.
 */
public final class BpfObject implements AutoCloseable {
    private static final int PROGRAM_TYPE_NETFILTER = 32;
    private static final int LOG_SIZE = 1 << 20;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment object;
    private final List<MemorySegment> logs = new ArrayList<>();

    /**
     * Opens an object file; nothing is in the kernel yet.
     *
     * @param name prefix of what the kernel lists, at most 15 characters
     */
    public BpfObject(String name, byte[] file) {
        MemorySegment bytes = arena.allocate(file.length, 16);
        MemorySegment.copy(file, 0, bytes, JAVA_BYTE, 0, file.length);
        MemorySegment options = arena.allocate(16, 8);
        options.set(JAVA_LONG, 0, options.byteSize());
        options.set(ADDRESS, 8, arena.allocateFrom(name));
        try {
            object = Libbpf.open(bytes, options);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Says that a program is for the netfilter hooks; libbpf before 1.3 does not know the section name. */
    public void declareNetfilter(String program) {
        MemorySegment found = Libbpf.program(object, program);
        MemorySegment log = arena.allocate(LOG_SIZE);
        logs.add(log);
        Libbpf.setProgram(found, PROGRAM_TYPE_NETFILTER, BpfCall.ATTACH_NETFILTER, log);
    }

    public void resize(String map, int maxEntries) {
        Libbpf.setMaxEntries(Libbpf.map(object, map), maxEntries);
    }

    /** Makes the programs use a map that exists already. */
    public void reuse(String map, BpfMap existing) {
        Libbpf.reuse(Libbpf.map(object, map), existing.fd());
    }

    /** The initial content of a data section such as {@code .rodata}, to be changed before {@link #load}. */
    public MemorySegment section(String name) {
        return Libbpf.initialValue(Libbpf.map(object, name));
    }

    /** @throws VerifierException if the kernel refuses a program or map */
    public void load() {
        int result = Libbpf.load(object);
        if (result < 0) {
            String log = logs.stream()
                    .map(l -> l.getString(0))
                    .filter(l -> !l.isBlank())
                    .reduce("", (a, b) -> b);
            throw new VerifierException(-result, log);
        }
    }

    public BpfProgram program(String name) {
        return new BpfProgram(name, Libbpf.programDescriptor(Libbpf.program(object, name)));
    }

    public BpfMap map(String name) {
        return BpfMap.ofDescriptor(name, Libbpf.mapDescriptor(Libbpf.map(object, name)));
    }

    @Override
    public void close() {
        Libbpf.close(object);
        arena.close();
    }

    /** The version of the library in use, such as {@code v1.1}. */
    public static String libraryVersion() {
        return Libbpf.version();
    }

    /** @throws LinuxException if libbpf cannot be found */
    public static void requireLibrary() {
        Libbpf.version();
    }
}
