package io.sluice.flows;

import io.sluice.dataplane.KernelEvent;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Party;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * One connection, or one refused packet, as a node saw it.
 *
 * @param event as the kernel reported it
 * @param source who held the source address at that time
 * @param destination who held the destination address, after destination NAT
 */
public record Flow(String node, KernelEvent.Judged event, Party source, Party destination) {
    public static Flow of(String node, KernelEvent.Judged event, Function<Ip, Party> parties) {
        return new Flow(node, event, parties.apply(event.source()), parties.apply(event.destination()));
    }

    public Instant time() {
        return event.time();
    }

    public Protocol protocol() {
        return event.protocol();
    }

    public boolean refused() {
        return event.outcome() != KernelEvent.Outcome.FORWARDED;
    }

    /** What refused it; empty for a forwarded flow and for a refusal that no policy made. */
    public Optional<Cause> refusedBy() {
        return event.refusedBy();
    }
}
