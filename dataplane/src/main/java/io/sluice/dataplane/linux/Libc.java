package io.sluice.dataplane.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/** Calls into libc. Thread-safe; each call captures its own errno. */
public final class Libc {
    public static final int O_RDONLY = 0;
    public static final int O_CLOEXEC = 0x80000;
    public static final int CLONE_NEWNET = 0x40000000;
    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int MAP_SHARED = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_FIELD = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle OPEN =
            call("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle SETNS = call("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle MOUNT =
            call("mount", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    private static final MethodHandle UMOUNT = call("umount2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle MMAP =
            call("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = call("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle POLL =
            call("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SYSCONF = call("sysconf", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle CLOCK_GETTIME =
            call("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SYSCALL3 = call(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

    private Libc() {}

    /** @throws LinuxException if the path cannot be opened */
    public static int open(Path path, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int fd = (int) OPEN.invokeExact(state, arena.allocateFrom(path.toString()), flags);
            return checked("open " + path, fd, state);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    public static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), fd);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** Moves the calling thread into a namespace; use {@link NetworkNamespace} rather than this. */
    static void setns(int fd, int type) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            checked("setns", (int) SETNS.invokeExact(state, fd, type), state);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** Mounts a file system that has no device. */
    public static void mount(String type, Path target) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment name = arena.allocateFrom(type);
            int result = (int)
                    MOUNT.invokeExact(state, name, arena.allocateFrom(target.toString()), name, 0L, MemorySegment.NULL);
            checked("mount " + type + " on " + target, result, state);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    public static void unmount(Path target) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = (int) UMOUNT.invokeExact(state, arena.allocateFrom(target.toString()), 0);
            checked("unmount " + target, result, state);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** A shared mapping of a file descriptor; unmap it with {@link #munmap}. */
    public static MemorySegment mmap(long length, int protection, int fd, long offset) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment mapped = (MemorySegment)
                    MMAP.invokeExact(state, MemorySegment.NULL, length, protection, MAP_SHARED, fd, offset);
            checked("mmap", mapped.address() == -1L ? -1 : 0, state);
            return mapped.reinterpret(length);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    public static void munmap(MemorySegment mapped) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            checked("munmap", (int) MUNMAP.invokeExact(state, mapped, mapped.byteSize()), state);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** Waits until the descriptor is readable; false at the end of the time. */
    public static boolean pollReadable(int fd, int timeoutMillis) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment pollfd = arena.allocate(8, 4);
            pollfd.set(JAVA_INT, 0, fd);
            pollfd.set(java.lang.foreign.ValueLayout.JAVA_SHORT, 4, (short) 1);
            int ready = (int) POLL.invokeExact(state, pollfd, 1L, timeoutMillis);
            return ready > 0;
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** Bytes of a memory page. */
    public static long pageSize() {
        try (Arena arena = Arena.ofConfined()) {
            int nameOfPageSize = 30;
            return (long) SYSCONF.invokeExact(arena.allocate(STATE), nameOfPageSize);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** The kernel's monotonic clock, in nanoseconds: what BPF programs stamp events with. */
    public static long monotonicNanos() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment time = arena.allocate(16, 8);
            int monotonic = 1;
            checked("clock_gettime", (int) CLOCK_GETTIME.invokeExact(state, monotonic, time), state);
            return time.get(JAVA_LONG, 0) * 1_000_000_000L + time.get(JAVA_LONG, 8);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** membarrier(2); negative errno on failure. */
    static int membarrier(int command) {
        long number = switch (System.getProperty("os.arch")) {
            case "amd64" -> 324;
            case "s390x" -> 356;
            case "ppc64le" -> 365;
            default -> 283; // the generic table: aarch64, riscv64, loongarch64
        };
        return (int) syscall(number, command, MemorySegment.NULL, 0);
    }

    /** A system call of the shape {@code syscall(number, command, pointer, size)}, such as bpf(2); negative errno on failure. */
    public static long syscall(long number, long command, MemorySegment argument, long size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long result = (long) SYSCALL3.invokeExact(state, number, command, argument, size);
            return result < 0 ? -(int) ERRNO_FIELD.get(state, 0L) : result;
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    private static int checked(String what, int result, MemorySegment state) {
        if (result < 0) {
            throw new LinuxException(what, (int) ERRNO_FIELD.get(state, 0L));
        }
        return result;
    }

    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... more) {
        Linker.Option[] options = new Linker.Option[more.length + 1];
        options[0] = ERRNO;
        System.arraycopy(more, 0, options, 1, more.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, options);
    }
}
