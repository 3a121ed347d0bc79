package io.sluice.dataplane.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.KernelEvent.Outcome;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.ebpf.EbpfTrial.Connection;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.dataplane.ebpf.Reference.Answer;
import io.sluice.dataplane.ebpf.Reference.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One packet through the program: its verdict and its event are those of the answer. */
final class ProgramCheck {
    private ProgramCheck() {}

    static void judges(EbpfTrial trial, Mode mode, Connection connection, Packet packet, Answer answer, String which) {
        boolean accepted =
                trial.judge(packet.hook(), RandomTables.bytes(packet), 1).accepted();
        List<KernelEvent> events = new ArrayList<>();
        trial.poll(events::add, 0);
        Supplier<String> what = () -> which + ", " + connection + ", " + packet;

        assertThat(accepted).as(what).isEqualTo(!answer.refused() || !mode.enforce());
        if (answer.refused()) {
            KernelEvent.Judged event = only(events, what);
            assertThat(event.outcome()).as(what).isEqualTo(mode.enforce() ? Outcome.DROPPED : Outcome.AUDITED);
            sameCauses(event, answer, what);
        } else if (connection == Connection.NEW
                && (packet.hook() == Hook.FORWARD || answer.egress().isPresent())) {
            KernelEvent.Judged event = only(events, what);
            assertThat(event.outcome()).as(what).isEqualTo(Outcome.FORWARDED);
            sameCauses(event, answer, what);
        } else {
            assertThat(events).as(what).isEmpty();
        }
    }

    private static KernelEvent.Judged only(List<KernelEvent> events, Supplier<String> what) {
        assertThat(events).as(what).hasSize(1);
        return (KernelEvent.Judged) events.getFirst();
    }

    private static void sameCauses(KernelEvent.Judged event, Answer answer, Supplier<String> what) {
        assertThat(event.dropReason()).as(what).isEqualTo(answer.reason());
        assertThat(Optional.ofNullable(event.egress())).as(what).isEqualTo(answer.egress());
        assertThat(Optional.ofNullable(event.ingress())).as(what).isEqualTo(answer.ingress());
    }
}
