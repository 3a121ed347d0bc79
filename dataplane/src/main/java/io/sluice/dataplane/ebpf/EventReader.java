package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.KernelEvent.Outcome;
import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.dataplane.bpf.RingBuffer;
import io.sluice.dataplane.linux.Libc;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.net.Protocol;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code struct event} from the ring buffer, and the count of those that found no room. Not thread-safe. */
final class EventReader implements AutoCloseable {
    /**
     * The program wakes the reader at most once a millisecond on each processor; an event within that time wakes
     * nobody. So a reader that found the ring empty looks once more after this time before it sleeps for long.
     */
    private static final int SECOND_LOOK_MILLIS = 2;

    private static final int AT_ONCE = 4096;

    private final RingBuffer ring;
    private final Paces paces;
    private final CauseNumbers causes;
    private long lostBefore;

    EventReader(BpfMap events, Paces paces, CauseNumbers causes) {
        this.ring = new RingBuffer(events);
        this.paces = paces;
        this.causes = causes;
        lostBefore = paces.lost();
    }

    int poll(Consumer<KernelEvent> sink, int timeoutMillis) {
        int count = drain(sink);
        if (count == 0 && timeoutMillis > 0) {
            ring.await(Math.min(timeoutMillis, SECOND_LOOK_MILLIS));
            count = drain(sink);
        }
        if (count == 0 && timeoutMillis > SECOND_LOOK_MILLIS) {
            ring.await(timeoutMillis - SECOND_LOOK_MILLIS);
            count = drain(sink);
        }
        return count;
    }

    private int drain(Consumer<KernelEvent> sink) {
        Instant now = Instant.now();
        long nowNanos = Libc.monotonicNanos();
        int count = ring.drain(event -> sink.accept(judged(event, now, nowNanos)), AT_ONCE);
        long lost = paces.lost();
        if (lost > lostBefore) {
            sink.accept(new KernelEvent.Lost(now, lost - lostBefore));
            lostBefore = lost;
            count++;
        }
        return count;
    }

    private KernelEvent judged(MemorySegment event, Instant now, long nowNanos) {
        int egress = event.get(JAVA_INT, 40);
        int ingress = event.get(JAVA_INT, 44);
        Outcome outcome = switch (event.get(JAVA_BYTE, 53)) {
            case 0 -> Outcome.FORWARDED;
            case 1 -> Outcome.DROPPED;
            default -> Outcome.AUDITED;
        };
        return new KernelEvent.Judged(
                now.plusNanos(event.get(JAVA_LONG, 0) - nowNanos),
                outcome,
                Layout.readIp(event, 8),
                Short.toUnsignedInt(event.get(JAVA_SHORT, 48)),
                Layout.readIp(event, 24),
                Short.toUnsignedInt(event.get(JAVA_SHORT, 50)),
                new Protocol(Byte.toUnsignedInt(event.get(JAVA_BYTE, 52))),
                cause(egress),
                cause(ingress),
                outcome == Outcome.FORWARDED ? "" : reason(event.get(JAVA_BYTE, 54), egress, ingress));
    }

    private @Nullable Cause cause(int word) {
        return causes.cause(word & ~Layout.DENY).orElse(null);
    }

    private String reason(int reason, int egress, int ingress) {
        return switch (reason) {
            case 1 -> DropReasons.UNKNOWN_POD;
            case 2 -> DropReasons.UNREADABLE;
            case 3 -> DropReasons.FRAGMENT;
            case 4 -> DropReasons.NO_ROW;
            default -> cause(egress < 0 ? egress : ingress) == null ? DropReasons.EARLIER_PROCESS : "";
        };
    }

    @Override
    public void close() {
        ring.close();
    }
}
