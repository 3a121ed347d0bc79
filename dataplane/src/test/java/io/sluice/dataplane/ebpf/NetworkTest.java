package io.sluice.dataplane.ebpf;

import static io.sluice.dataplane.ebpf.Tables.address;
import static io.sluice.dataplane.ebpf.Tables.everyone;
import static io.sluice.dataplane.ebpf.Tables.onlyTcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.KernelEvent.Outcome;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.testnet.Root;
import io.sluice.dataplane.testnet.TestNetwork;
import io.sluice.dataplane.testnet.Wire;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real packets between two hosts and a router that enforces: client 10.77.1.2, server 10.77.2.2. */
class NetworkTest {
    @TempDir
    static Path temporary;

    private static final String SERVER = TestNetwork.v4(2);
    private static final String SERVER6 = TestNetwork.v6(2);
    private static final PortTable NOTHING = PortTable.of(Tables.isolated("shut"));
    private static TestNetwork network;
    private static EbpfDataplane dataplane;

    @BeforeAll
    static void open() throws Exception {
        Root.required();
        network = new TestNetwork(2);
        dataplane = EbpfDataplane.open(network.router(), temporary.resolve("bpf"), EbpfOptions.DEFAULT);
    }

    @AfterAll
    static void remove() {
        if (dataplane != null) {
            dataplane.remove();
        }
        if (network != null) {
            network.close();
        }
    }

    /** Client and server by both addresses, with the server's ingress and egress. */
    private static NodeTable server(Rows ingress, Rows egress, Mode mode) {
        return new NodeTable(
                List.of(
                        address(TestNetwork.v4(1), 1, 0),
                        address(TestNetwork.v6(1), 1, 0),
                        address(SERVER, 2, 1),
                        address(SERVER6, 2, 1)),
                List.of(),
                List.of(new PolicySet(1, ingress, egress)),
                List.of(),
                900,
                mode);
    }

    private static NodeTable client(Rows egress) {
        return new NodeTable(
                List.of(address(TestNetwork.v4(1), 1, 1), address(TestNetwork.v6(1), 1, 1), address(SERVER, 2, 0)),
                List.of(),
                List.of(new PolicySet(1, everyone(Tables.ALLOW), egress)),
                List.of(),
                900,
                Mode.DEFAULT);
    }

    private static List<KernelEvent.Judged> events() {
        List<KernelEvent> all = new ArrayList<>();
        while (dataplane.poll(all::add, 20) > 0) {}
        return all.stream()
                .filter(e -> e instanceof KernelEvent.Judged)
                .map(e -> (KernelEvent.Judged) e)
                .toList();
    }

    private static boolean connects(String to, int port) throws Exception {
        return Wire.connects(network.hostOf(1), to, port);
    }

    @Test
    void permitsOnePortAndReportsBoth() throws Exception {
        dataplane.apply(server(everyone(onlyTcp("web", 8080, 8080)), everyone(Tables.ALLOW), Mode.DEFAULT));
        events();
        try (ServerSocket open = Wire.echo(network.hostOf(2), 8080);
                ServerSocket shut = Wire.echo(network.hostOf(2), 9090)) {
            assertThat(connects(SERVER, 8080)).isTrue();
            assertThat(connects(SERVER, 9090)).isFalse();
            assertThat(connects(SERVER6, 8080)).isTrue();
            assertThat(connects(SERVER6, 9090)).isFalse();
        }
        assertThat(events())
                .extracting(
                        e -> e.destination().toString(),
                        KernelEvent.Judged::destinationPort,
                        KernelEvent.Judged::outcome,
                        KernelEvent.Judged::ingress)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(SERVER, 8080, Outcome.FORWARDED, Tables.FREE),
                        org.assertj.core.groups.Tuple.tuple(SERVER, 9090, Outcome.DROPPED, Tables.isolated("web")),
                        org.assertj.core.groups.Tuple.tuple(SERVER6, 8080, Outcome.FORWARDED, Tables.FREE),
                        org.assertj.core.groups.Tuple.tuple(SERVER6, 9090, Outcome.DROPPED, Tables.isolated("web")))
                .filteredOn(t -> t.toList().get(2) == Outcome.FORWARDED)
                .as("one event a permitted connection, not a packet")
                .hasSize(2);
    }

    @Test
    void trap35_repliesPassAlthoughTheServerMayNotSpeakFirst() throws Exception {
        dataplane.apply(server(everyone(Tables.ALLOW), everyone(NOTHING), Mode.DEFAULT));
        try (ServerSocket server = Wire.echo(network.hostOf(2), 8081);
                DatagramSocket udp = Wire.echoUdp(network.hostOf(2), 8081);
                ServerSocket other = Wire.echo(network.hostOf(1), 8081);
                Socket socket = Wire.connect(network.hostOf(1), SERVER, 8081)) {
            assertThat(Wire.answers(socket)).isTrue();
            assertThat(Wire.datagram(network.hostOf(1), SERVER, 8081, 10)).isEqualTo("answered 10");
            assertThat(Wire.connects(network.hostOf(2), TestNetwork.v4(1), 8081))
                    .isFalse();
        }
    }

    @Test
    void errorsOfAConnectionPassAlthoughTheServerMayNotSpeakFirst() throws Exception {
        dataplane.apply(server(everyone(Tables.ALLOW), everyone(NOTHING), Mode.DEFAULT));
        assertThat(Wire.datagram(network.hostOf(1), SERVER, 7777, 10)).isEqualTo("port unreachable");
        assertThat(Wire.datagram(network.hostOf(1), SERVER6, 7777, 10)).isEqualTo("port unreachable");
    }

    @Test
    void trap36_aRevokedPermissionCutsAnOpenConnection() throws Exception {
        try (ServerSocket server = Wire.echo(network.hostOf(2), 8082)) {
            dataplane.apply(server(everyone(Tables.ALLOW), everyone(Tables.ALLOW), Mode.DEFAULT));
            try (Socket socket = Wire.connect(network.hostOf(1), SERVER, 8082)) {
                assertThat(Wire.answers(socket)).isTrue();
                dataplane.apply(server(everyone(NOTHING), everyone(Tables.ALLOW), Mode.DEFAULT));
                assertThat(Wire.answers(socket)).isFalse();
            }
            dataplane.apply(server(everyone(Tables.ALLOW), everyone(Tables.ALLOW), Mode.DEFAULT));
            try (Socket socket = Wire.connect(network.hostOf(1), SERVER, 8082)) {
                assertThat(Wire.answers(socket)).isTrue();
                Mode keep = new Mode(true, false, true);
                dataplane.apply(server(everyone(NOTHING), everyone(Tables.ALLOW), keep));
                assertThat(Wire.answers(socket)).isTrue();
                assertThat(connects(SERVER, 8082)).isFalse();
            }
        }
    }

    @Test
    void aSynAgainstAnEstablishedConnectionIsJudged() throws Exception {
        // The client opens 40001 -> 8083. Then the server tries to open 8083 -> 40001: for conntrack a reply.
        dataplane.apply(server(everyone(Tables.ALLOW), everyone(NOTHING), Mode.DEFAULT));
        try (ServerSocket server = Wire.echo(network.hostOf(2), 8083)) {
            Socket client = Wire.connect(network.hostOf(1), 40001, SERVER, 8083);
            assertThat(Wire.answers(client)).isTrue();
            for (int host = 1; host <= 2; host++) {
                TestNetwork.in(network.hostOf(host), "nft add table ip quiet");
                TestNetwork.in(
                        network.hostOf(host), "nft add chain ip quiet out { type filter hook output priority 0 ; }");
                TestNetwork.in(network.hostOf(host), "nft add rule ip quiet out tcp flags & (fin|rst) != 0 drop");
            }
            client.setSoLinger(true, 0);
            client.close();
            TestNetwork.in(network.hostOf(2), "ss -K dport = 40001");
        } finally {
            for (int host = 1; host <= 2; host++) {
                TestNetwork.in(network.hostOf(host), "nft delete table ip quiet");
            }
        }
        events();
        try (ServerSocket victim = Wire.echo(network.hostOf(1), 40001)) {
            assertThat(synFromServer()).as("the SYN got through").isFalse();
        }
        assertThat(events())
                .as("it was judged, and refused")
                .anySatisfy(e -> assertThat(e.egress()).isEqualTo(Tables.isolated("shut")));
    }

    private static boolean synFromServer() throws Exception {
        try (Socket ignored = Wire.connect(network.hostOf(2), 8083, TestNetwork.v4(1), 40001)) {
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void fragmentsAreJudgedAsWholeDatagrams() throws Exception {
        Cause deny = Tables.isolated("udp");
        PortTable only5000 = new PortTable(List.of(
                new PortTable.Entry(0, deny),
                new PortTable.Entry(TrafficRange.key(Protocol.UDP, 5000), Tables.FREE),
                new PortTable.Entry(TrafficRange.key(Protocol.UDP, 5001), deny)));
        dataplane.apply(server(everyone(only5000), everyone(NOTHING), Mode.DEFAULT));
        try (DatagramSocket open = Wire.echoUdp(network.hostOf(2), 5000);
                DatagramSocket shut = Wire.echoUdp(network.hostOf(2), 5001)) {
            assertThat(Wire.datagram(network.hostOf(1), SERVER, 5000, 6000)).isEqualTo("answered 6000");
            assertThat(Wire.datagram(network.hostOf(1), SERVER, 5001, 6000)).isEqualTo("silence");
            assertThat(Wire.datagram(network.hostOf(1), SERVER6, 5000, 6000)).isEqualTo("answered 6000");
            assertThat(Wire.datagram(network.hostOf(1), SERVER6, 5001, 6000)).isEqualTo("silence");
        }
    }

    @Test
    void trap37_aServiceIsJudgedByBackendAndTargetPort() throws Exception {
        TestNetwork.in(network.router(), "nft add table ip service");
        TestNetwork.in(network.router(), "nft add chain ip service pre { type nat hook prerouting priority dstnat ; }");
        TestNetwork.in(
                network.router(),
                "nft add rule ip service pre ip daddr 10.96.0.1 tcp dport 80 dnat to " + SERVER + ":8084");
        TestNetwork.in(
                network.router(),
                "nft add rule ip service pre ip daddr 10.96.0.2 tcp dport 80 dnat to " + SERVER + ":9094");
        try (ServerSocket open = Wire.echo(network.hostOf(2), 8084);
                ServerSocket shut = Wire.echo(network.hostOf(2), 9094)) {
            dataplane.apply(server(everyone(onlyTcp("web", 8084, 8084)), everyone(NOTHING), Mode.DEFAULT));
            assertThat(connects("10.96.0.1", 80)).isTrue();
            assertThat(connects("10.96.0.2", 80)).isFalse();
            dataplane.apply(client(new Rows(NOTHING, Map.of(2, onlyTcp("out", 8084, 8084)))));
            assertThat(connects("10.96.0.1", 80)).isTrue();
            assertThat(connects("10.96.0.2", 80)).isFalse();
        } finally {
            TestNetwork.in(network.router(), "nft delete table ip service");
        }
    }

    @Test
    void speakingToTheNodeNeedsEgressAndNeighbourDiscoveryDoesNot() throws Exception {
        try (ServerSocket open = Wire.echo(network.router(), 8085);
                ServerSocket shut = Wire.echo(network.router(), 9095)) {
            dataplane.apply(client(new Rows(NOTHING, Map.of(900, onlyTcp("node", 8085, 8085)))));
            TestNetwork.in(network.hostOf(1), "ip neigh flush dev eth0");
            assertThat(connects("10.77.1.1", 8085)).isTrue();
            assertThat(connects("10.77.1.1", 9095)).isFalse();
            assertThat(connects("fd77:1::1", 8085)).isTrue();
            assertThat(connects("fd77:1::1", 9095)).isFalse();
            assertThat(Wire.connects(network.hostOf(2), "10.77.2.1", 9095)).isTrue();
            assertThat(Wire.connects(network.router(), "10.77.2.1", 9095)).isTrue();
        }
    }

    @Test
    void theNodeReachesItsPods() throws Exception {
        dataplane.apply(server(everyone(NOTHING), everyone(NOTHING), Mode.DEFAULT));
        try (ServerSocket server = Wire.echo(network.hostOf(2), 8086);
                Socket socket = Wire.connect(network.router(), SERVER, 8086)) {
            assertThat(Wire.answers(socket)).isTrue();
        }
    }

    @Test
    void anUnknownPodIsRefusedIfTheModeSaysSo() throws Exception {
        try (ServerSocket server = Wire.echo(network.hostOf(2), 8087)) {
            for (boolean drop : new boolean[] {true, false}) {
                dataplane.apply(new NodeTable(
                        List.of(address(SERVER, 2, 0)),
                        List.of(),
                        List.of(),
                        List.of(Cidr.parse("10.77.0.0/16")),
                        900,
                        new Mode(true, true, drop)));
                events();
                assertThat(connects(SERVER, 8087)).isEqualTo(!drop);
                assertThat(events())
                        .first()
                        .satisfies(e -> assertThat(e.dropReason()).isEqualTo(drop ? DropReasons.UNKNOWN_POD : ""));
            }
        }
    }

    @Test
    void auditReportsAndLetsPass() throws Exception {
        dataplane.apply(server(everyone(NOTHING), everyone(Tables.ALLOW), new Mode(false, true, true)));
        events();
        try (ServerSocket server = Wire.echo(network.hostOf(2), 8088)) {
            assertThat(connects(SERVER, 8088)).isTrue();
        }
        assertThat(events()).isNotEmpty().allSatisfy(e -> {
            assertThat(e.outcome()).isEqualTo(Outcome.AUDITED);
            assertThat(e.refusedBy()).contains(Tables.isolated("shut"));
        });
    }

    @Test
    void connectionTrackingIsTurnedOnAgainWhenSomebodyFlushesAllRules() throws Exception {
        dataplane.apply(server(everyone(Tables.ALLOW), everyone(NOTHING), Mode.DEFAULT));
        try (ServerSocket server = Wire.echo(network.hostOf(2), 8089)) {
            assertThat(connects(SERVER, 8089)).isTrue();
            TestNetwork.in(network.router(), "nft flush ruleset");
            assertThat(connects(SERVER, 8089)).as("replies are not known").isFalse();
            long end = System.nanoTime() + 10_000_000_000L;
            boolean again = false;
            while (!again && System.nanoTime() < end) {
                dataplane.poll(_ -> {}, 100);
                again = connects(SERVER, 8089);
            }
            assertThat(again).isTrue();
        }
    }
}
