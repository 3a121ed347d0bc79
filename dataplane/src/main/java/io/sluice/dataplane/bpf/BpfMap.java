package io.sluice.dataplane.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.linux.Errno;
import io.sluice.dataplane.linux.Libc;
import io.sluice.dataplane.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.function.BiConsumer;

/**
 * A map by its file descriptor. Usable from every thread; keys and values are given in the kernel's own layout.
 *
 * @param valueSize bytes of one value; of a per-processor map, bytes on one processor
 */
public record BpfMap(String name, int fd, int keySize, int valueSize, int maxEntries) implements AutoCloseable {
    /** Writes an existing value in place, under its spin lock. */
    public static final long LOCKED = 4;

    static BpfMap ofDescriptor(String name, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = BpfCall.info(arena, fd, 24);
            return new BpfMap(name, fd, info.get(JAVA_INT, 8), info.get(JAVA_INT, 12), info.get(JAVA_INT, 16));
        }
    }

    /** @throws LinuxException if nothing, or no map, is pinned there */
    public static BpfMap pinned(Path pin) {
        return ofDescriptor(pin.getFileName().toString(), BpfCall.get(pin));
    }

    public void pin(Path path) {
        BpfCall.pin(fd, path);
    }

    public void update(MemorySegment key, MemorySegment value) {
        update(key, value, 0);
    }

    public void update(MemorySegment key, MemorySegment value, long flags) {
        BpfCall.checked("write map " + name, BpfCall.element(BpfCall.MAP_UPDATE, fd, key, value, flags));
    }

    /** Reads into the value; false if there is no such key. */
    public boolean lookup(MemorySegment key, MemorySegment value) {
        int result = BpfCall.element(BpfCall.MAP_LOOKUP, fd, key, value, 0);
        if (result == -Errno.ENOENT) {
            return false;
        }
        BpfCall.checked("read map " + name, result);
        return true;
    }

    /** Deletes; a missing key is no error. */
    public void delete(MemorySegment key) {
        int result = BpfCall.element(BpfCall.MAP_DELETE, fd, key, MemorySegment.NULL, 0);
        if (result != -Errno.ENOENT) {
            BpfCall.checked("delete from map " + name, result);
        }
    }

    /** Visits every element; the segments are reused. Not for maps that somebody else changes meanwhile. */
    public void forEach(BiConsumer<MemorySegment, MemorySegment> visitor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(keySize, 8);
            MemorySegment next = arena.allocate(keySize, 8);
            MemorySegment value = arena.allocate(valueSize, 8);
            int result = BpfCall.element(BpfCall.MAP_NEXT_KEY, fd, MemorySegment.NULL, next, 0);
            while (result == 0) {
                key.copyFrom(next);
                if (lookup(key, value)) {
                    visitor.accept(key, value);
                }
                result = BpfCall.element(BpfCall.MAP_NEXT_KEY, fd, key, next, 0);
            }
            if (result != -Errno.ENOENT) {
                BpfCall.checked("walk map " + name, result);
            }
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
    }
}
