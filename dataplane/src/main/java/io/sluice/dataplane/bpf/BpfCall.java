package io.sluice.dataplane.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.dataplane.linux.Libc;
import io.sluice.dataplane.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The commands of bpf(2). Offsets are those of {@code union bpf_attr} (include/uapi/linux/bpf.h), which never change.
 * Results are a value of at least 0 or a negative errno, as the kernel gives them.
 */
final class BpfCall {
    static final int MAP_LOOKUP = 1;
    static final int MAP_UPDATE = 2;
    static final int MAP_DELETE = 3;
    static final int MAP_NEXT_KEY = 4;
    private static final int OBJ_PIN = 6;
    private static final int OBJ_GET = 7;
    private static final int PROG_TEST_RUN = 10;
    private static final int OBJ_GET_INFO = 15;
    private static final int LINK_CREATE = 28;
    private static final int LINK_DETACH = 34;

    /** {@code BPF_NETFILTER} of {@code enum bpf_attach_type}. */
    static final int ATTACH_NETFILTER = 45;

    private static final long NUMBER = number(System.getProperty("os.arch"));

    private BpfCall() {}

    private static long number(String architecture) {
        return switch (architecture.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> 321;
            case "aarch64", "riscv64", "loongarch64" -> 280;
            case "ppc64le", "ppc64" -> 361;
            case "s390x" -> 351;
            default -> throw new UnsupportedOperationException("no number of bpf(2) is known for " + architecture);
        };
    }

    static int call(int command, MemorySegment attributes) {
        return (int) Libc.syscall(NUMBER, command, attributes, attributes.byteSize());
    }

    /** A command on one map element; key and value may be {@link MemorySegment#NULL} where the command has none. */
    static int element(int command, int map, MemorySegment key, MemorySegment value, long flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(32, 8);
            attributes.set(JAVA_INT, 0, map);
            attributes.set(JAVA_LONG, 8, key.address());
            attributes.set(JAVA_LONG, 16, value.address());
            attributes.set(JAVA_LONG, 24, flags);
            return call(command, attributes);
        }
    }

    static void pin(int fd, Path path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(16, 8);
            attributes.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
            attributes.set(JAVA_INT, 8, fd);
            checked("pin " + path, call(OBJ_PIN, attributes));
        }
    }

    static int get(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(16, 8);
            attributes.set(JAVA_LONG, 0, arena.allocateFrom(path.toString()).address());
            return checked("open pin " + path, call(OBJ_GET, attributes));
        }
    }

    /** The first bytes of the object's info structure. */
    static MemorySegment info(Arena arena, int fd, int size) {
        MemorySegment info = arena.allocate(size, 8);
        MemorySegment attributes = arena.allocate(16, 8);
        attributes.set(JAVA_INT, 0, fd);
        attributes.set(JAVA_INT, 4, size);
        attributes.set(JAVA_LONG, 8, info.address());
        checked("BPF_OBJ_GET_INFO_BY_FD", call(OBJ_GET_INFO, attributes));
        return info;
    }

    /** Attaches in the network namespace of the calling thread; a link's descriptor or a negative errno. */
    static int linkNetfilter(int program, int family, int hook, int priority, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(48, 8);
            attributes.set(JAVA_INT, 0, program);
            attributes.set(JAVA_INT, 8, ATTACH_NETFILTER);
            attributes.set(JAVA_INT, 16, family);
            attributes.set(JAVA_INT, 20, hook);
            attributes.set(JAVA_INT, 24, priority);
            attributes.set(JAVA_INT, 28, flags);
            return call(LINK_CREATE, attributes);
        }
    }

    static void detach(int link) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(8, 8);
            attributes.set(JAVA_INT, 0, link);
            checked("BPF_LINK_DETACH", call(LINK_DETACH, attributes));
        }
    }

    static BpfProgram.Run testRun(int program, byte[] data, int repeat) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocate(data.length);
            MemorySegment.copy(data, 0, in, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, data.length);
            MemorySegment attributes = arena.allocate(80, 8);
            attributes.set(JAVA_INT, 0, program);
            attributes.set(JAVA_INT, 8, data.length);
            attributes.set(JAVA_LONG, 16, in.address());
            attributes.set(JAVA_INT, 32, repeat);
            checked("BPF_PROG_TEST_RUN", call(PROG_TEST_RUN, attributes));
            return new BpfProgram.Run(attributes.get(JAVA_INT, 4), attributes.get(JAVA_INT, 36));
        }
    }

    /** @throws LinuxException if the result is a negative errno */
    static int checked(String what, int result) {
        if (result < 0) {
            throw new LinuxException(what, -result);
        }
        return result;
    }
}
