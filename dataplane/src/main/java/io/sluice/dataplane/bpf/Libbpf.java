package io.sluice.dataplane.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.dataplane.linux.Errno;
import io.sluice.dataplane.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The functions of libbpf.so.1 that are used, all of them since libbpf 1.0. Pointers are libbpf's own objects. */
final class Libbpf {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** Found when first used, so that a machine without the library can still ask whether it is there. */
    private static final class Functions {
        private static final SymbolLookup LIBRARY = library();
        private static final MethodHandle OPEN =
                call("bpf_object__open_mem", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
        private static final MethodHandle LOAD = call("bpf_object__load", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        private static final MethodHandle CLOSE = call("bpf_object__close", FunctionDescriptor.ofVoid(ADDRESS));
        private static final MethodHandle FIND_PROGRAM =
                call("bpf_object__find_program_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        private static final MethodHandle FIND_MAP =
                call("bpf_object__find_map_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        private static final MethodHandle PROGRAM_FD =
                call("bpf_program__fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        private static final MethodHandle MAP_FD = call("bpf_map__fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        private static final MethodHandle SET_TYPE =
                call("bpf_program__set_type", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle SET_ATTACH_TYPE =
                call("bpf_program__set_expected_attach_type", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle SET_LOG =
                call("bpf_program__set_log_buf", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        private static final MethodHandle SET_MAX_ENTRIES =
                call("bpf_map__set_max_entries", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle REUSE =
                call("bpf_map__reuse_fd", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        private static final MethodHandle INITIAL_VALUE =
                call("bpf_map__initial_value", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
        private static final MethodHandle SET_PRINT = call("libbpf_set_print", FunctionDescriptor.of(ADDRESS, ADDRESS));
        private static final MethodHandle VERSION = call("libbpf_version_string", FunctionDescriptor.of(ADDRESS));

        static {
            silence();
        }

        private static SymbolLookup library() {
            try {
                return SymbolLookup.libraryLookup("libbpf.so.1", Arena.global());
            } catch (IllegalArgumentException e) {
                throw missing();
            }
        }

        private static MethodHandle call(String name, FunctionDescriptor shape) {
            return LINKER.downcallHandle(LIBRARY.findOrThrow(name), shape, Linker.Option.captureCallState("errno"));
        }

        /** libbpf prints to standard error by default; errors are reported through results and the verifier's log. */
        private static void silence() {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment ignored =
                        (MemorySegment) SET_PRINT.invokeExact(arena.allocate(STATE), MemorySegment.NULL);
            } catch (Throwable t) {
                throw failed(t);
            }
        }
    }

    private Libbpf() {}

    static String version() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = (MemorySegment) Functions.VERSION.invokeExact(arena.allocate(STATE));
            return text.reinterpret(64).getString(0);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    static MemorySegment open(MemorySegment bytes, MemorySegment options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            MemorySegment object = (MemorySegment) Functions.OPEN.invokeExact(state, bytes, bytes.byteSize(), options);
            if (object.address() == 0) {
                throw new LinuxException("open BPF object", (int) ERRNO.get(state, 0L));
            }
            return object;
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    static int load(MemorySegment object) {
        return number(Functions.LOAD, object);
    }

    static void close(MemorySegment object) {
        try (Arena arena = Arena.ofConfined()) {
            Functions.CLOSE.invokeExact(arena.allocate(STATE), object);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    static MemorySegment program(MemorySegment object, String name) {
        return find(Functions.FIND_PROGRAM, object, name);
    }

    static MemorySegment map(MemorySegment object, String name) {
        return find(Functions.FIND_MAP, object, name);
    }

    static int programDescriptor(MemorySegment program) {
        return BpfCall.checked("bpf_program__fd", number(Functions.PROGRAM_FD, program));
    }

    static int mapDescriptor(MemorySegment map) {
        return BpfCall.checked("bpf_map__fd", number(Functions.MAP_FD, map));
    }

    static void setProgram(MemorySegment program, int type, int attachType, MemorySegment log) {
        numbered("bpf_program__set_type", Functions.SET_TYPE, program, type);
        numbered("bpf_program__set_expected_attach_type", Functions.SET_ATTACH_TYPE, program, attachType);
        try (Arena arena = Arena.ofConfined()) {
            BpfCall.checked("bpf_program__set_log_buf", (int)
                    Functions.SET_LOG.invokeExact(arena.allocate(STATE), program, log, log.byteSize()));
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    static void setMaxEntries(MemorySegment map, int entries) {
        numbered("bpf_map__set_max_entries", Functions.SET_MAX_ENTRIES, map, entries);
    }

    static void reuse(MemorySegment map, int fd) {
        numbered("bpf_map__reuse_fd", Functions.REUSE, map, fd);
    }

    static MemorySegment initialValue(MemorySegment map) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment value = (MemorySegment) Functions.INITIAL_VALUE.invokeExact(arena.allocate(STATE), map, size);
            return value.reinterpret(size.get(JAVA_LONG, 0));
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    private static MemorySegment find(MethodHandle function, MemorySegment object, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found =
                    (MemorySegment) function.invokeExact(arena.allocate(STATE), object, arena.allocateFrom(name));
            if (found.address() == 0) {
                throw new LinuxException("find " + name + " in BPF object", Errno.ENOENT);
            }
            return found;
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    private static int number(MethodHandle function, MemorySegment argument) {
        try (Arena arena = Arena.ofConfined()) {
            return (int) function.invokeExact(arena.allocate(STATE), argument);
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    private static void numbered(String what, MethodHandle function, MemorySegment argument, int number) {
        try (Arena arena = Arena.ofConfined()) {
            BpfCall.checked(what, (int) function.invokeExact(arena.allocate(STATE), argument, number));
        } catch (Throwable t) {
            throw failed(t);
        }
    }

    private static LinuxException missing() {
        return new LinuxException("load libbpf.so.1", Errno.ENOENT);
    }

    private static RuntimeException failed(Throwable t) {
        return switch (t) {
            case RuntimeException e -> e;
            case ExceptionInInitializerError e when e.getCause() instanceof RuntimeException cause -> cause;
            case NoClassDefFoundError _ -> missing();
            case Error e -> throw e;
            default -> new IllegalStateException(t);
        };
    }
}
