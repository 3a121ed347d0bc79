package io.sluice.dataplane.ebpf;

import static io.sluice.dataplane.ebpf.PacketBuilder.SYN;
import static io.sluice.dataplane.ebpf.PacketBuilder.packet;
import static io.sluice.dataplane.ebpf.Tables.address;
import static io.sluice.dataplane.ebpf.Tables.everyone;
import static io.sluice.dataplane.ebpf.Tables.ingress;
import static io.sluice.dataplane.ebpf.Tables.network;
import static io.sluice.dataplane.ebpf.Tables.onlyTcp;
import static io.sluice.dataplane.ebpf.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dataplane.Dataplane.Applied;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.ebpf.EbpfTrial.Connection;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.dataplane.testnet.Root;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How one table follows another: whole, only what differs, or not at all. */
class ChangeTest {
    private static final byte[] TO_80 =
            packet("10.0.0.1", "10.0.0.2").tcp(40000, 80, SYN).build();

    @BeforeAll
    static void root() {
        Root.required();
    }

    private static EbpfOptions sizes(int addresses, int networks, int rows, int ranges, int causes) {
        return new EbpfOptions(addresses, networks, rows, ranges, causes, 1 << 16, 1000);
    }

    private static NodeTable twoPods(PolicySet set) {
        return table(List.of(address("10.0.0.1", 1, 0), address("10.0.0.2", 2, set.id())), set);
    }

    @Test
    void anUnchangedTableCostsNothing() throws Exception {
        try (EbpfTrial trial = EbpfTrial.load(EbpfOptions.DEFAULT, Connection.NEW)) {
            NodeTable wanted = twoPods(ingress(1, everyone(onlyTcp("web", 80, 80))));
            assertThat(trial.apply(wanted))
                    .extracting(Applied::rowsWritten, Applied::rowsInForce)
                    .containsExactly(2, 2);
            trial.apply(wanted);
            assertThat(trial.apply(wanted))
                    .extracting(Applied::addressesWritten, Applied::rowsWritten, Applied::rowsInForce)
                    .containsExactly(0, 0, 2);
        }
    }

    @Test
    void otherNumbersForTheSameThingsCostNothing() throws Exception {
        try (EbpfTrial trial = EbpfTrial.load(EbpfOptions.DEFAULT, Connection.NEW)) {
            Map<Integer, PortTable> peers = Map.of(1, Tables.ALLOW);
            Rows rows = new Rows(onlyTcp("web", 80, 80), peers);
            trial.apply(twoPods(ingress(1, rows)));
            trial.apply(twoPods(ingress(1, rows)));

            Rows renumbered = new Rows(onlyTcp("web", 80, 80), Map.of(71, Tables.ALLOW));
            Applied applied = trial.apply(
                    table(List.of(address("10.0.0.1", 71, 0), address("10.0.0.2", 5, 9)), ingress(9, renumbered)));
            assertThat(applied)
                    .extracting(Applied::addressesWritten, Applied::rowsWritten)
                    .containsExactly(0, 0);
        }
    }

    @Test
    void onePodThatMovesIsOneWrite() throws Exception {
        try (EbpfTrial trial = EbpfTrial.load(EbpfOptions.DEFAULT, Connection.NEW)) {
            PolicySet first = ingress(1, new Rows(onlyTcp("a", 80, 80), Map.of(1, Tables.ALLOW)));
            PolicySet second = ingress(2, new Rows(onlyTcp("b", 81, 81), Map.of(2, Tables.ALLOW)));
            List<AddressEntry> pods = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                pods.add(address("10.0.1." + i, 1 + i % 2, 1 + i % 2));
            }
            trial.apply(table(pods, first, second));
            trial.apply(table(pods, first, second));
            pods.set(0, address("10.0.1.0", 2, 2));
            assertThat(trial.apply(table(pods, first, second)))
                    .extracting(Applied::addressesWritten, Applied::rowsWritten)
                    .containsExactly(1, 0);
        }
    }

    @Test
    void noPacketEverSeesHalfAChange() throws Exception {
        // The two tables disagree on everything but refuse the packet both: any mixture of them lets it pass.
        Cause deny = Tables.isolated("shut");
        Rows shut = new Rows(Tables.ALLOW, Map.of(1, PortTable.of(deny)));
        Rows shutOther = new Rows(Tables.ALLOW, Map.of(2, PortTable.of(deny)));
        NodeTable one = new NodeTable(
                List.of(address("10.0.0.1", 1, 0), address("10.0.0.2", 2, 1)),
                List.of(network("192.0.2.0/24", 1), network("10.9.0.0/16", 3)),
                List.of(ingress(1, shut)),
                List.of(),
                900,
                NodeTable.Mode.DEFAULT);
        NodeTable two = new NodeTable(
                List.of(address("10.0.0.1", 2, 0), address("10.0.0.2", 1, 1), address("10.0.0.3", 1, 1)),
                List.of(network("192.0.0.0/16", 2), network("192.0.3.0/24", 3)),
                List.of(ingress(1, shutOther)),
                List.of(),
                900,
                NodeTable.Mode.DEFAULT);
        byte[] fromNetwork = packet("192.0.2.7", "10.0.0.2").tcp(1, 80, SYN).build();
        EbpfOptions quiet = new EbpfOptions(16, 16, 64, 64, 16, 1 << 16, 0);
        try (EbpfTrial trial = EbpfTrial.load(quiet, Connection.NEW);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            trial.apply(one);
            AtomicBoolean end = new AtomicBoolean();
            List<Future<Integer>> runs = new ArrayList<>();
            for (byte[] bytes : List.of(TO_80, fromNetwork)) {
                Callable<Integer> run = () -> {
                    int passed = 0;
                    while (!end.get()) {
                        passed += trial.judge(Hook.FORWARD, bytes, 1).accepted() ? 1 : 0;
                    }
                    return passed;
                };
                runs.add(threads.submit(run));
            }
            for (int i = 0; i < 300; i++) {
                trial.apply(i % 2 == 0 ? two : one);
            }
            end.set(true);
            assertThat(runs.get(0).get()).isZero();
            assertThat(runs.get(1).get()).isZero();
        }
    }

    @Test
    void aFullMapIsSaidBeforeAnythingChanges() throws Exception {
        try (EbpfTrial trial = EbpfTrial.load(sizes(2, 2, 4, 8, 4), Connection.NEW)) {
            trial.apply(twoPods(ingress(1, everyone(onlyTcp("web", 81, 81)))));
            refused(
                    trial,
                    "addresses",
                    table(List.of(address("10.0.0.1", 1, 0), address("10.0.0.2", 2, 0), address("10.0.0.3", 3, 0))));
            refused(
                    trial,
                    "networks",
                    new NodeTable(
                            List.of(),
                            List.of(network("10.0.0.0/8", 1), network("11.0.0.0/8", 2)),
                            List.of(),
                            List.of(),
                            900,
                            NodeTable.Mode.DEFAULT));
            refused(
                    trial,
                    "rows",
                    twoPods(new PolicySet(
                            1, new Rows(Tables.ALLOW, Map.of(1, onlyTcp("x", 1, 1))), everyone(onlyTcp("x", 1, 1)))));
            refused(trial, "blocks", twoPods(ingress(1, everyone(manyRanges(9)))));
            refused(trial, "causes", twoPods(ingress(1, everyone(manyCauses(4)))));
            // and afterwards there is room for what fits
            trial.apply(twoPods(ingress(1, everyone(onlyTcp("web", 80, 80)))));
            assertThat(trial.judge(Hook.FORWARD, TO_80, 1).accepted()).isTrue();
        }
    }

    private static void refused(EbpfTrial trial, String map, NodeTable table) {
        assertThatThrownBy(() -> trial.apply(table))
                .isInstanceOf(DataplaneException.class)
                .hasMessageContaining(map)
                .hasMessageContaining("full")
                .hasMessageContaining("stays in force");
        assertThat(trial.judge(Hook.FORWARD, TO_80, 1).accepted())
                .as("policy web is in force")
                .isFalse();
    }

    private static PortTable manyRanges(int count) {
        List<PortTable.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new PortTable.Entry(i, i % 2 == 0 ? Tables.FREE : Tables.isolated("x")));
        }
        return new PortTable(entries);
    }

    private static PortTable manyCauses(int count) {
        List<PortTable.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(new PortTable.Entry(i, Tables.isolated("x" + i)));
        }
        return new PortTable(entries);
    }

    @Test
    void countsByCauseAndGoesOnWhenATableIsReplaced() throws Exception {
        try (EbpfTrial trial = EbpfTrial.load(EbpfOptions.DEFAULT, Connection.NEW)) {
            trial.apply(twoPods(ingress(1, everyone(onlyTcp("web", 80, 80)))));
            trial.judge(Hook.FORWARD, TO_80, 10);
            trial.apply(twoPods(ingress(1, everyone(onlyTcp("web", 80, 90)))));
            trial.judge(Hook.FORWARD, TO_80, 5);
            assertThat(trial.hits().get(Tables.FREE)).isEqualTo(new io.sluice.dataplane.Dataplane.Hits(15, 15 * 40));
            assertThat(packets(trial, Tables.isolated("web"))).isZero();
        }
    }

    @Test
    void aReusedCauseNumberStartsFromZero() throws Exception {
        try (EbpfTrial trial = EbpfTrial.load(sizes(4, 4, 16, 16, 4), Connection.NEW)) {
            for (int i = 0; i < 10; i++) {
                Cause cause = Tables.isolated("p" + i);
                trial.apply(twoPods(ingress(1, everyone(PortTable.of(cause)))));
                trial.judge(Hook.FORWARD, TO_80, 3);
                assertThat(packets(trial, cause)).isEqualTo(3);
                List<KernelEvent> events = new ArrayList<>();
                trial.poll(events::add, 0);
                assertThat(events)
                        .hasSize(3)
                        .allSatisfy(e ->
                                assertThat(((KernelEvent.Judged) e).ingress()).isEqualTo(cause));
            }
        }
    }

    @Test
    void countsEventsThatFoundNoRoom() throws Exception {
        EbpfOptions small = new EbpfOptions(16, 16, 64, 64, 16, 4096, 1_000_000);
        try (EbpfTrial trial = EbpfTrial.load(small, Connection.NEW)) {
            trial.judge(Hook.FORWARD, TO_80, 1000);
            assertThat(total(trial)).isEqualTo(1000);
        }
        EbpfOptions slow = new EbpfOptions(16, 16, 64, 64, 16, 1 << 20, 10);
        try (EbpfTrial trial = EbpfTrial.load(slow, Connection.NEW)) {
            trial.apply(twoPods(ingress(1, everyone(onlyTcp("web", 81, 81)))));
            trial.judge(Hook.FORWARD, TO_80, 1000);
            assertThat(total(trial)).isEqualTo(1000);
        }
    }

    private static long packets(EbpfTrial trial, Cause cause) {
        return Objects.requireNonNull(trial.hits().get(cause)).packets();
    }

    /** Events and lost ones together; some of either. */
    private static long total(EbpfTrial trial) {
        List<KernelEvent> events = new ArrayList<>();
        while (trial.poll(events::add, 0) > 0) {}
        long lost = events.stream()
                .mapToLong(e -> e instanceof KernelEvent.Lost l ? l.count() : 0)
                .sum();
        long seen = events.stream().filter(e -> e instanceof KernelEvent.Judged).count();
        assertThat(lost).isPositive();
        assertThat(seen).isPositive();
        return lost + seen;
    }
}
