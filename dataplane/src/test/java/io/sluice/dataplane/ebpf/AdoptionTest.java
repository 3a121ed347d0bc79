package io.sluice.dataplane.ebpf;

import static io.sluice.dataplane.ebpf.Tables.address;
import static io.sluice.dataplane.ebpf.Tables.ingress;
import static io.sluice.dataplane.ebpf.Tables.network;
import static io.sluice.dataplane.ebpf.Tables.onlyTcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dataplane.Dataplane.Applied;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.testnet.Root;
import io.sluice.dataplane.testnet.TestNetwork;
import io.sluice.dataplane.testnet.Wire;
import io.sluice.policy.decide.Cause;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays when a process ends, and what the next one makes of it. */
class AdoptionTest {
    private static final EbpfOptions SMALL = new EbpfOptions(64, 64, 64, 64, 16, 1 << 16, 1000);
    private static final EbpfOptions LARGER = new EbpfOptions(128, 64, 64, 64, 16, 1 << 16, 1000);
    private static final Cause WEB = Tables.isolated("web");

    @TempDir
    Path temporary;

    private TestNetwork network;
    private @Nullable EbpfDataplane last;

    @BeforeEach
    void makeNetwork() {
        Root.required();
        network = new TestNetwork(2);
    }

    @AfterEach
    void removeAll() {
        EbpfDataplane open = last;
        if (open != null) {
            open.remove();
        }
        if (network != null) {
            network.close();
        }
    }

    private Path folder() {
        return temporary.resolve("bpf");
    }

    private EbpfDataplane open(EbpfOptions options) throws DataplaneException {
        EbpfDataplane opened = EbpfDataplane.open(network.router(), folder(), options);
        last = opened;
        return opened;
    }

    private EbpfDataplane last() {
        return Objects.requireNonNull(last);
    }

    private static long packets(EbpfDataplane dataplane, Cause cause) {
        return Objects.requireNonNull(dataplane.hits().get(cause)).packets();
    }

    /** Only TCP 8080 of the server is open. */
    private static NodeTable table() {
        return new NodeTable(
                List.of(address("10.77.1.2", 3, 0), address("10.77.2.2", 4, 7)),
                List.of(network("192.0.2.0/24", 5)),
                List.of(ingress(7, new Rows(onlyTcp("web", 8080, 8080), Map.of(5, Tables.ALLOW)))),
                List.of(),
                900,
                NodeTable.Mode.DEFAULT);
    }

    private boolean connects(int port) throws Exception {
        return Wire.connects(network.hostOf(1), TestNetwork.v4(2), port);
    }

    @Test
    void goesOnWithoutAProcessAndIsTakenOver() throws Exception {
        try (ServerSocket open = Wire.echo(network.hostOf(2), 8080);
                ServerSocket shut = Wire.echo(network.hostOf(2), 9090)) {
            EbpfDataplane first = open(SMALL);
            first.apply(table());
            assertThat(connects(9090)).isFalse();
            long hits = packets(first, WEB);
            first.close();
            assertThat(connects(9090)).isFalse();
            assertThat(connects(8080)).isTrue();

            EbpfDataplane second = open(SMALL);
            assertThat(connects(9090)).isFalse();
            assertThat(connects(8080)).isTrue();
            List<KernelEvent> before = new ArrayList<>();
            second.poll(before::add, 0);
            assertThat(before)
                    .anySatisfy(e ->
                            assertThat(((KernelEvent.Judged) e).dropReason()).isEqualTo(DropReasons.EARLIER_PROCESS));

            second.apply(table());
            assertThat(second.apply(table()))
                    .as("the second process knows all of it again")
                    .extracting(Applied::addressesWritten, Applied::rowsWritten, Applied::rowsInForce)
                    .containsExactly(0, 0, 3);
            assertThat(connects(9090)).isFalse();
            assertThat(packets(second, WEB)).isGreaterThanOrEqualTo(hits + 3);
            List<KernelEvent> after = new ArrayList<>();
            second.poll(after::add, 0);
            assertThat(after)
                    .anySatisfy(
                            e -> assertThat(((KernelEvent.Judged) e).ingress()).isEqualTo(WEB));
        }
    }

    @Test
    void aTableThatFillsMoreThanHalfIsTakenOverToo() throws Exception {
        EbpfOptions tight = new EbpfOptions(2, 3, 3, 4, 16, 1 << 16, 1000);
        open(tight).apply(table());
        last().close();
        assertThat(open(tight).apply(table())).extracting(Applied::rowsWritten).isEqualTo(0);
    }

    @Test
    void mapsOfAnotherSizeAreReplacedWithoutAGap() throws Exception {
        try (ServerSocket shut = Wire.echo(network.hostOf(2), 9090)) {
            open(SMALL).apply(table());
            last().close();
            open(LARGER);
            assertThat(connects(9090)).as("the old table is in force").isFalse();
            assertThat(tables()).hasSize(2);
            last().apply(table());
            assertThat(connects(9090)).as("the new table is in force").isFalse();
            assertThat(tables()).hasSize(1);
            last().close();

            // and a process that ends before its first change leaves the old one to its successor
            open(SMALL).close();
            open(SMALL);
            assertThat(connects(9090)).isFalse();
            last().apply(new NodeTable(List.of(), List.of(), List.of(), List.of(), 0, NodeTable.Mode.DEFAULT));
            assertThat(connects(9090)).isTrue();
            assertThat(tables()).hasSize(1);
        }
    }

    private List<Pins> tables() {
        return Pins.in(folder());
    }

    @Test
    void nothingGetsThroughWhileProcessesFollowOneAnother() throws Exception {
        try (ServerSocket shut = Wire.echo(network.hostOf(2), 9090);
                ExecutorService threads = Executors.newFixedThreadPool(1)) {
            open(SMALL).apply(table());
            AtomicBoolean end = new AtomicBoolean();
            Future<Integer> through = threads.submit(() -> {
                int connected = 0;
                while (!end.get()) {
                    connected += connects(9090) ? 1 : 0;
                }
                return connected;
            });
            for (int i = 0; i < 6; i++) {
                last().close();
                open(i % 3 == 2 ? LARGER : SMALL).apply(table());
            }
            end.set(true);
            assertThat(through.get()).isZero();
        }
    }

    @Test
    void removeLeavesNothing() throws Exception {
        try (ServerSocket shut = Wire.echo(network.hostOf(2), 9090)) {
            open(SMALL).apply(table());
            assertThat(connects(9090)).isFalse();
            last().remove();
            last = null;
            assertThat(connects(9090)).isTrue();
            assertThat(Files.exists(folder())).isFalse();
            assertThat(TestNetwork.in(network.router(), "nft list tables")).isEmpty();
            assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(temporary.toString());
        }
    }

    @Test
    void saysSoWhenConnectionsAreNotTracked() {
        TestNetwork.in(network.router(), "nft add table ip raw");
        TestNetwork.in(network.router(), "nft add chain ip raw out { type filter hook output priority raw ; }");
        TestNetwork.in(network.router(), "nft add rule ip raw out notrack");
        assertThatThrownBy(() -> open(SMALL))
                .isInstanceOf(DataplaneException.class)
                .hasMessageContaining("does not track")
                .hasMessageContaining("What was attached before still is");
        assertThat(Pins.in(folder())).isEmpty();
        TestNetwork.unmount(folder());
    }

    @Test
    void saysSoWhenTheFolderCannotHoldObjects() throws Exception {
        open(SMALL);
        assertThatThrownBy(() -> EbpfDataplane.open(network.router(), folder().resolve("node.with.dots"), SMALL))
                .isInstanceOf(DataplaneException.class)
                .hasMessageContaining("names have no dot");
    }

    @Test
    void thisMachineIsSupported() {
        assertThat(EbpfSupport.missing()).isEmpty();
    }
}
