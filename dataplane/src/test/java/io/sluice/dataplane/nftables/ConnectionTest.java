package io.sluice.dataplane.nftables;

import static io.sluice.dataplane.nftables.Tables.ALLOW;
import static io.sluice.dataplane.nftables.Tables.ID_A;
import static io.sluice.dataplane.nftables.Tables.ID_B;
import static io.sluice.dataplane.nftables.Tables.ID_NODE;
import static io.sluice.dataplane.nftables.Tables.OPEN;
import static io.sluice.dataplane.nftables.Tables.OWN_NODE;
import static io.sluice.dataplane.nftables.Tables.SELF;
import static io.sluice.dataplane.nftables.Tables.SHUT;
import static io.sluice.dataplane.nftables.Tables.address;
import static io.sluice.dataplane.nftables.Tables.between;
import static io.sluice.dataplane.nftables.Tables.only;
import static io.sluice.dataplane.nftables.Tables.rows;
import static io.sluice.dataplane.nftables.Tables.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.PortTable;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What depends on more than addresses and ports: connection state, NAT, the node itself, modes. */
class ConnectionTest {
    private static TestNetwork net;
    private static NftablesDataplane dataplane;

    @BeforeAll
    static void start() throws Exception {
        net = TestNetwork.create();
        dataplane = NftablesDataplane.open(net.router, "sluice");
        for (String b : List.of(TestNetwork.B, TestNetwork.B6)) {
            net.listen(net.b, b, 80);
        }
        for (String a : List.of(TestNetwork.A, TestNetwork.A6)) {
            net.listen(net.a, a, 8080);
        }
        for (String gate : List.of(TestNetwork.ROUTER, TestNetwork.ROUTER6)) {
            net.listen(net.router, gate, 9100);
            net.listen(net.router, gate, 9101);
        }
        net.listen(net.b, "10.2.0.3", 80);
    }

    @AfterAll
    static void stop() throws Exception {
        if (dataplane != null) {
            dataplane.close();
        }
        if (net != null) {
            net.close();
        }
    }

    @Test
    void trap35_replies_pass_where_the_opposite_direction_is_denied() throws Exception {
        dataplane.apply(new NodeTable(
                Tables.pods(),
                List.of(),
                List.of(new PolicySet(1, SHUT, OPEN), new PolicySet(2, OPEN, SHUT)),
                List.of(),
                ID_NODE,
                Mode.DEFAULT));
        assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isTrue();
        assertThat(TestNetwork.udp(net.a, TestNetwork.B6, 80)).isTrue();
        assertThat(TestNetwork.echo(net.a, TestNetwork.B)).isTrue();
        assertThat(TestNetwork.tcp(net.b, TestNetwork.A, 8080)).isFalse();
    }

    @Test
    void trap35_a_refusal_by_the_host_comes_back_as_related() throws Exception {
        dataplane.apply(between(OPEN, OPEN));
        assertThatThrownBy(() -> net.a.call(() -> {
                    try (DatagramSocket socket = new DatagramSocket()) {
                        socket.setSoTimeout(3_000);
                        socket.connect(new InetSocketAddress("10.2.0.4", 9));
                        socket.send(new DatagramPacket(new byte[1], 1));
                        socket.receive(new DatagramPacket(new byte[1], 1));
                        return true;
                    }
                }))
                .isInstanceOf(PortUnreachableException.class);
    }

    @Test
    void trap36_a_revoked_permission_cuts_an_open_connection() throws Exception {
        dataplane.apply(between(rows(only(tcp(80))), OPEN));
        try (Socket open = TestNetwork.connect(net.a, TestNetwork.B, 80)) {
            assertThat(TestNetwork.answers(open)).isTrue();
            dataplane.apply(between(rows(only(tcp(81))), OPEN));
            assertThat(TestNetwork.answers(open)).isFalse();
        }
    }

    @Test
    void or_leaves_it_open_if_so_configured() throws Exception {
        Mode keep = new Mode(true, false, true);
        dataplane.apply(between(rows(only(tcp(80))), OPEN, List.of(), keep));
        try (Socket open = TestNetwork.connect(net.a, TestNetwork.B6, 80)) {
            dataplane.apply(between(rows(only(tcp(81))), OPEN, List.of(), keep));
            assertThat(TestNetwork.answers(open)).isTrue();
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B6, 80)).isFalse();
        }
    }

    /** The peer of an open flow must not get a connection of its own through the back door. */
    @Test
    void a_syn_in_the_reply_direction_is_judged() throws Exception {
        Ip silent = Ip.parse("10.2.0.77");
        String mac = TestNetwork.run("ip", "-n", net.nameOf(net.b), "-br", "link", "show", "eth0")
                .split("\\s+")[2];
        net.ip(net.nameOf(net.router), "neigh replace " + silent + " lladdr " + mac + " dev rb");
        dataplane.apply(new NodeTable(
                List.of(address(TestNetwork.A, ID_A, 1)),
                List.of(),
                List.of(new PolicySet(1, SHUT, OPEN)),
                List.of(),
                ID_NODE,
                Mode.DEFAULT));
        Ip a = Ip.parse(TestNetwork.A);
        try (RawSocket fromA = RawSocket.sender(net.a, false);
                RawSocket fromB = RawSocket.sender(net.b, false);
                RawSocket tap = RawSocket.tap(net.a)) {
            fromA.send(Packets.packet(a, 5000, silent, Protocol.TCP, 80, Packets.SYN, 1), silent);
            fromB.send(Packets.packet(silent, 80, a, Protocol.TCP, 5000, Packets.SYN, 2), a);
            fromB.send(Packets.packet(silent, 80, a, Protocol.TCP, 5000, Packets.SYN_ACK, 3), a);
            Thread.sleep(200);
            Set<Integer> seen = new TreeSet<>();
            tap.received().forEach(packet -> Packets.tag(packet).ifPresent(seen::add));
            assertThat(seen)
                    .describedAs("own SYN and the answer, not the other's SYN")
                    .containsExactly(1, 3);
        }
    }

    @Test
    void a_pod_reaches_itself_through_a_service_by_the_row_for_self() throws Exception {
        TestNetwork.nft(net.router, """
                table ip service {
                  chain pre { type nat hook prerouting priority -100; ip daddr 10.99.0.1 tcp dport 80 dnat to 10.1.0.2:8080; }
                  chain post { type nat hook postrouting priority 100; ip saddr 10.1.0.2 ip daddr 10.1.0.2 masquerade; }
                }
                """);
        try {
            Rows onlySelf = new Rows(PortTable.of(Tables.DENY), Map.of(NodeTable.SELF, PortTable.of(SELF)));
            Rows allButSelf = new Rows(PortTable.of(ALLOW), Map.of(NodeTable.SELF, PortTable.of(Tables.DENY)));
            dataplane.apply(hairpin(onlySelf, onlySelf));
            assertThat(TestNetwork.tcp(net.a, "10.99.0.1", 80)).isTrue();
            dataplane.apply(hairpin(allButSelf, OPEN));
            assertThat(TestNetwork.tcp(net.a, "10.99.0.1", 80)).isFalse();
            dataplane.apply(hairpin(OPEN, allButSelf));
            assertThat(TestNetwork.tcp(net.a, "10.99.0.1", 80)).isFalse();
        } finally {
            TestNetwork.nft(net.router, "delete table ip service");
        }
    }

    private static NodeTable hairpin(Rows egress, Rows ingress) {
        return new NodeTable(
                List.of(address(TestNetwork.A, ID_A, 1)),
                List.of(),
                List.of(new PolicySet(1, ingress, egress)),
                List.of(),
                ID_NODE,
                Mode.DEFAULT);
    }

    @Test
    void trap37_a_service_is_judged_by_its_backend_and_target_port() throws Exception {
        TestNetwork.nft(net.router, """
                table ip service {
                  chain pre { type nat hook prerouting priority -100; ip daddr 10.99.0.2 tcp dport 8000 dnat to 10.2.0.2:80; }
                }
                """);
        try {
            dataplane.apply(between(rows(only(tcp(80))), rows(only(tcp(80)))));
            assertThat(TestNetwork.tcp(net.a, "10.99.0.2", 8000)).isTrue();
            dataplane.apply(between(rows(only(tcp(8000))), OPEN));
            assertThat(TestNetwork.tcp(net.a, "10.99.0.2", 8000)).isFalse();
        } finally {
            TestNetwork.nft(net.router, "delete table ip service");
        }
    }

    @Test
    void the_own_node_is_judged_by_its_own_row_and_neighbour_discovery_passes() throws Exception {
        Rows nodeOnly = new Rows(PortTable.of(Tables.DENY), Map.of(ID_NODE, only(OWN_NODE, Tables.DENY, tcp(9100))));
        dataplane.apply(between(nodeOnly, OPEN));
        net.ip(net.nameOf(net.a), "-6 neigh flush all");
        for (String gate : List.of(TestNetwork.ROUTER, TestNetwork.ROUTER6)) {
            assertThat(TestNetwork.tcp(net.a, gate, 9100)).describedAs(gate).isTrue();
            assertThat(TestNetwork.tcp(net.a, gate, 9101)).describedAs(gate).isFalse();
        }
        assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isFalse();
        // A node whose address is in the table is what the table says.
        Rows byEntry = new Rows(PortTable.of(Tables.DENY), Map.of(50, only(tcp(9101))));
        dataplane.apply(new NodeTable(
                List.of(address(TestNetwork.A, ID_A, 1), address(TestNetwork.ROUTER, 50, 0)),
                List.of(Tables.network("0.0.0.0/0", 50)),
                List.of(new PolicySet(1, OPEN, byEntry)),
                List.of(),
                ID_NODE,
                Mode.DEFAULT));
        assertThat(TestNetwork.tcp(net.a, TestNetwork.ROUTER, 9101)).isTrue();
        assertThat(TestNetwork.tcp(net.a, TestNetwork.ROUTER, 9100)).isFalse();
        net.listen(net.router, "10.2.0.1", 9101);
        assertThat(TestNetwork.tcp(net.a, "10.2.0.1", 9101))
                .describedAs("an address that the table does not know is the node, whatever network it lies in")
                .isFalse();
    }

    @Test
    void an_unknown_pod_is_refused_if_so_configured() throws Exception {
        List<Cidr> pods = List.of(Cidr.parse("10.2.0.0/24"), Cidr.parse("10.2.0.0/28"));
        for (boolean drop : List.of(true, false)) {
            dataplane.apply(new NodeTable(
                    Tables.pods(),
                    List.of(),
                    List.of(new PolicySet(1, OPEN, OPEN), new PolicySet(2, OPEN, OPEN)),
                    pods,
                    ID_NODE,
                    new Mode(true, true, drop)));
            assertThat(TestNetwork.tcp(net.a, "10.2.0.3", 80)).isEqualTo(!drop);
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isTrue();
        }
    }

    @Test
    void audit_lets_everything_through() throws Exception {
        Mode audit = new Mode(false, true, true);
        dataplane.apply(new NodeTable(
                Tables.pods(),
                List.of(),
                List.of(new PolicySet(1, OPEN, SHUT), new PolicySet(2, SHUT, OPEN)),
                List.of(Cidr.parse("10.2.0.0/24")),
                ID_NODE,
                audit));
        assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isTrue();
        assertThat(TestNetwork.udp(net.a, TestNetwork.B6, 80)).isTrue();
        assertThat(TestNetwork.tcp(net.a, "10.2.0.3", 80)).isTrue();
    }

    @Test
    void the_longest_prefix_decides_and_a_hole_is_a_hole() throws Exception {
        Rows exceptHole = new Rows(PortTable.of(Tables.DENY), Map.of(20, only(tcp(80))));
        dataplane.apply(new NodeTable(
                List.of(address(TestNetwork.A, ID_A, 1), address(TestNetwork.B, ID_B, 0)),
                List.of(
                        Tables.network("10.0.0.0/8", 20),
                        Tables.network("10.2.0.4/30", 21),
                        Tables.network("10.2.0.6/32", 20)),
                List.of(new PolicySet(1, OPEN, exceptHole)),
                List.of(),
                ID_NODE,
                Mode.DEFAULT));
        for (int host : new int[] {5, 6, 7, 8}) {
            net.listen(net.b, "10.2.0." + host, 80);
        }
        assertThat(TestNetwork.tcp(net.a, "10.2.0.3", 80))
                .describedAs("in 10.0.0.0/8")
                .isTrue();
        assertThat(TestNetwork.tcp(net.a, "10.2.0.5", 80))
                .describedAs("in the hole")
                .isFalse();
        assertThat(TestNetwork.tcp(net.a, "10.2.0.6", 80))
                .describedAs("in the island")
                .isTrue();
        assertThat(TestNetwork.tcp(net.a, "10.2.0.7", 80))
                .describedAs("last of the hole")
                .isFalse();
        assertThat(TestNetwork.tcp(net.a, "10.2.0.8", 80))
                .describedAs("after the hole")
                .isTrue();
        assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80))
                .describedAs("a known address")
                .isFalse();
    }
}
