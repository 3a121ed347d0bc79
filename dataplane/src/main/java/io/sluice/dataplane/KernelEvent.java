package io.sluice.dataplane;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the kernel saw of a connection. */
public sealed interface KernelEvent {
    /**
     * The first packet of a connection, or a refused packet.
     *
     * @param destinationPort as in the traffic space: {@code type << 8 | code} for ICMP
     * @param egress what decided at the source, null where the source is not judged on this node
     * @param ingress what decided at the destination, null where the destination is not judged on this node, or was not
     *     reached because egress refused
     * @param dropReason empty unless the packet was refused, or would have been in audit mode, for a reason that is no
     *     policy: unknown pod, unreadable header, fragment
     */
    record Judged(
            Instant time,
            Outcome outcome,
            Ip source,
            int sourcePort,
            Ip destination,
            int destinationPort,
            Protocol protocol,
            @Nullable Cause egress,
            @Nullable Cause ingress,
            String dropReason)
            implements KernelEvent {
        public Optional<Cause> refusedBy() {
            if (outcome == Outcome.FORWARDED) {
                return Optional.empty();
            }
            boolean atSource = egress != null && egress.verdict() == io.sluice.policy.model.Verdict.DENY;
            return Optional.ofNullable(atSource ? egress : ingress);
        }
    }

    /** Events that found no room; the verdicts were applied all the same. */
    record Lost(Instant time, long count) implements KernelEvent {}

    /** What happened to the packet. */
    enum Outcome {
        FORWARDED,
        DROPPED,
        /** Audit mode: it would have been dropped. */
        AUDITED
    }
}
