package io.sluice.dataplane.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.sluice.dataplane.linux.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * The consumer's side of a BPF ring buffer, read straight from its mapped pages: no system call while there is data.
 *
 * <p>The kernel maps the consumer position (one page, writable), the producer position (one page, read-only) and the
 * data twice in a row, so that no record wraps (kernel/bpf/ringbuf.c). A record is an 8-byte header, length and two flag
 * bits in the first four, and the data, rounded up to 8. One reader at a time; the position survives the reader.
 */
public final class RingBuffer implements AutoCloseable {
    private static final VarHandle LONG = JAVA_LONG.varHandle();
    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int HEADER = 8;

    private final int fd;
    private final long mask;
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final MemorySegment data;
    private long position;

    /** @param map of the ring buffer type; must stay open while this is in use */
    public RingBuffer(BpfMap map) {
        fd = map.fd();
        long size = map.maxEntries();
        long page = Libc.pageSize();
        mask = size - 1;
        consumer = Libc.mmap(page, Libc.PROT_READ | Libc.PROT_WRITE, fd, 0);
        producer = Libc.mmap(page + 2 * size, Libc.PROT_READ, fd, page);
        data = producer.asSlice(page, 2 * size);
        position = (long) LONG.getAcquire(consumer, 0L);
    }

    /**
     * Hands over what there is; the segment is valid during the call only.
     *
     * @return how many
     */
    public int drain(Consumer<MemorySegment> reader, int atMost) {
        int count = 0;
        long produced = (long) LONG.getAcquire(producer, 0L);
        while (position < produced && count < atMost) {
            long at = position & mask;
            int header = (int) INT.getAcquire(data, at);
            if ((header & BUSY) != 0) {
                break;
            }
            int length = header & ~(BUSY | DISCARDED);
            if ((header & DISCARDED) == 0) {
                reader.accept(data.asSlice(at + HEADER, length));
                count++;
            }
            position += (length + HEADER + 7) & ~7L;
            LONG.setRelease(consumer, 0L, position);
        }
        return count;
    }

    /** Waits until the kernel says that there is data; false at the end of the time. */
    public boolean await(int timeoutMillis) {
        return Libc.pollReadable(fd, timeoutMillis);
    }

    @Override
    public void close() {
        Libc.munmap(consumer);
        Libc.munmap(producer);
    }
}
