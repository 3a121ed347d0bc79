package io.sluice.dataplane.nftables;

import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.KernelEvent.Outcome;
import io.sluice.dataplane.nftables.NflogSocket.Line;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns log lines into events.
 *
 * <p>A line names the cause that ended the packet's way. What was judged before it was allowed, and is looked up in the
 * table in force; where a line is older than that table and the look-up contradicts the line, in the table before; where
 * neither fits, it is left open rather than guessed.
 */
final class EventReader {
    private static final int HOOK_INPUT = 1;

    private final Map<String, Cause> causes;
    private final List<TableView> tables;

    /** @param tables the one in force first, then the one before it, as far as this process knows them */
    EventReader(Map<String, Cause> causes, List<TableView> tables) {
        this.causes = causes;
        this.tables = List.copyOf(tables);
    }

    /** Empty for a line that is not ours. */
    Optional<KernelEvent> read(Line line) {
        Optional<LogPrefix> said = LogPrefix.parse(line.prefix());
        Optional<PacketHeader> header = PacketHeader.parse(line.packet());
        if (said.isEmpty() || header.isEmpty()) {
            return Optional.empty();
        }
        PacketHeader packet = header.get();
        Instant time = line.time();
        boolean toThisNode = line.hook() == HOOK_INPUT;
        Outcome outcome = said.get().outcome();
        return Optional.of(
                switch (said.get()) {
                    case LogPrefix.Forwarded() -> forwarded(packet, toThisNode, time);
                    case LogPrefix.ByReason(var _, var reason) -> event(time, outcome, packet, null, null, reason.text);
                    case LogPrefix.ByCause(var _, var direction, var id) -> {
                        Cause cause = causes.get(id);
                        yield direction == Direction.EGRESS
                                ? event(time, outcome, packet, cause, null, "")
                                : event(time, outcome, packet, allowedEgress(packet, toThisNode), cause, "");
                    }
                });
    }

    private KernelEvent forwarded(PacketHeader packet, boolean toThisNode, Instant time) {
        for (TableView table : tables) {
            Optional<Cause> egress = table.judge(Direction.EGRESS, packet, toThisNode);
            Optional<Cause> ingress = table.judge(Direction.INGRESS, packet, toThisNode);
            if (allows(egress) && allows(ingress)) {
                return event(time, Outcome.FORWARDED, packet, egress.orElse(null), ingress.orElse(null), "");
            }
        }
        return event(time, Outcome.FORWARDED, packet, null, null, "");
    }

    private @Nullable Cause allowedEgress(PacketHeader packet, boolean toThisNode) {
        Function<TableView, Optional<Cause>> egress = t -> t.judge(Direction.EGRESS, packet, toThisNode);
        return tables.stream()
                .map(egress)
                .filter(EventReader::allows)
                .findFirst()
                .flatMap(Function.identity())
                .orElse(null);
    }

    private static boolean allows(Optional<Cause> cause) {
        return cause.isEmpty() || cause.get().verdict() == Verdict.ALLOW;
    }

    private static KernelEvent event(
            Instant time,
            Outcome outcome,
            PacketHeader packet,
            @Nullable Cause egress,
            @Nullable Cause ingress,
            String dropReason) {
        return new KernelEvent.Judged(
                time,
                outcome,
                packet.source(),
                packet.sourcePort(),
                packet.destination(),
                packet.destinationPort(),
                packet.protocol(),
                egress,
                ingress,
                dropReason);
    }
}
