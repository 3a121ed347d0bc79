package io.sluice.dataplane.ebpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.KernelEvent.Outcome;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.ebpf.EbpfTrial.Connection;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.dataplane.ebpf.Reference.Answer;
import io.sluice.dataplane.ebpf.Reference.Packet;
import io.sluice.dataplane.testnet.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program gives every packet what the table says. Tables follow one another in the same maps, so that each is also
 * a test of the change from the one before; the seed in a failure reproduces it.
 */
class ProgramPropertyTest {
    private static final int TABLES = 60;
    private static final int PACKETS = 150;

    @BeforeAll
    static void root() {
        Root.required();
    }

    @ParameterizedTest
    @EnumSource
    void judgesAsTheTableSays(Connection connection) throws Exception {
        EbpfOptions options = new EbpfOptions(64, 64, 512, 1024, 64, 1 << 16, Integer.MAX_VALUE);
        try (EbpfTrial trial = EbpfTrial.load(options, connection)) {
            for (int seed = 0; seed < TABLES; seed++) {
                RandomTables random = new RandomTables(seed);
                NodeTable table = random.table();
                Reference reference = new Reference(table);
                trial.apply(table);
                for (int i = 0; i < PACKETS; i++) {
                    Packet packet = random.packet();
                    check(trial, table, connection, packet, reference.judge(connection, packet), seed);
                }
            }
        }
    }

    private static void check(
            EbpfTrial trial, NodeTable table, Connection connection, Packet packet, Answer answer, int seed) {
        boolean accepted = trial.judge(packet.hook(), RandomTables.bytes(packet), 1)
                .accepted();
        List<KernelEvent> events = new ArrayList<>();
        trial.poll(events::add, 0);
        Supplier<String> what = () -> "seed " + seed + ", " + connection + ", " + packet + " in " + table;

        assertThat(accepted).as(what).isEqualTo(!answer.refused() || !table.mode().enforce());
        if (answer.refused()) {
            KernelEvent.Judged event = only(events, what);
            assertThat(event.outcome()).as(what).isEqualTo(table.mode().enforce() ? Outcome.DROPPED : Outcome.AUDITED);
            sameCauses(event, answer, what);
        } else if (connection == Connection.NEW && (packet.hook() == Hook.FORWARD || answer.egress().isPresent())) {
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
