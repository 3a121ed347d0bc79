package io.sluice.dataplane.nftables;

import static io.sluice.dataplane.nftables.Tables.ALLOW;
import static io.sluice.dataplane.nftables.Tables.DENY;
import static io.sluice.dataplane.nftables.Tables.ID_NODE;
import static io.sluice.dataplane.nftables.Tables.OPEN;
import static io.sluice.dataplane.nftables.Tables.between;
import static io.sluice.dataplane.nftables.Tables.denied;
import static io.sluice.dataplane.nftables.Tables.only;
import static io.sluice.dataplane.nftables.Tables.rows;
import static io.sluice.dataplane.nftables.Tables.tcp;
import static io.sluice.dataplane.nftables.Tables.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dataplane.Dataplane.Hits;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.KernelEvent.Judged;
import io.sluice.dataplane.KernelEvent.Lost;
import io.sluice.dataplane.KernelEvent.Outcome;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the data plane tells, and how it begins, hands over and ends. */
class LifeTest {
    private static final int RECEIVE_BYTES = 1 << 20;

    private TestNetwork net;

    @BeforeEach
    void start() throws Exception {
        net = TestNetwork.create();
    }

    @AfterEach
    void stop() throws Exception {
        if (net != null) {
            net.close();
        }
    }

    @Test
    void events_name_what_decided_each_direction() throws Exception {
        Cause egressDeny = denied("at-source");
        Cause ingressDeny = denied("at-destination");
        net.listen(net.b, TestNetwork.B, 80);
        try (NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice")) {
            dataplane.apply(new NodeTable(
                    Tables.pods(),
                    List.of(),
                    List.of(
                            new PolicySet(1, OPEN, rows(only(ALLOW, egressDeny, tcp(80, 90)))),
                            new PolicySet(2, rows(only(ALLOW, ingressDeny, tcp(80))), OPEN)),
                    List.of(Cidr.parse("10.2.0.3/32")),
                    ID_NODE,
                    Mode.DEFAULT));
            TestNetwork.tcp(net.a, TestNetwork.B, 80);
            TestNetwork.tcp(net.a, TestNetwork.B, 85);
            TestNetwork.tcp(net.a, TestNetwork.B, 99);
            TestNetwork.tcp(net.a, "10.2.0.3", 80);
            TestNetwork.echo(net.a, TestNetwork.B6);
            List<Judged> events = judged(dataplane);
            assertThat(first(events, 80, TestNetwork.B)).isEqualTo("FORWARDED TCP " + ALLOW + " / " + ALLOW + " ");
            assertThat(first(events, 85, TestNetwork.B)).isEqualTo("DROPPED TCP " + ALLOW + " / " + ingressDeny + " ");
            assertThat(first(events, 99, TestNetwork.B)).isEqualTo("DROPPED TCP " + egressDeny + " / null ");
            assertThat(first(events, 80, "10.2.0.3")).isEqualTo("DROPPED TCP null / null unknown pod");
            assertThat(first(events, 128 << 8, TestNetwork.B6)).isEqualTo("DROPPED ICMPv6 " + egressDeny + " / null ");
            Judged refused = events.stream()
                    .filter(e -> e.destinationPort() == 85)
                    .findFirst()
                    .orElseThrow();
            assertThat(refused.refusedBy()).contains(ingressDeny);
            assertThat(refused.source()).isEqualTo(Ip.parse(TestNetwork.A));
            assertThat(refused.sourcePort()).isPositive();
        }
    }

    @Test
    void audit_is_told_apart_from_enforcement() throws Exception {
        net.listen(net.b, TestNetwork.B, 80);
        try (NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice")) {
            dataplane.apply(between(OPEN, rows(only(tcp(81))), List.of(), new Mode(false, true, true)));
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isTrue();
            assertThat(judged(dataplane))
                    .anyMatch(e -> e.outcome() == Outcome.AUDITED
                            && DENY.equals(e.ingress())
                            && e.destinationPort() == 80
                            && e.refusedBy().equals(Optional.of(DENY)));
        }
    }

    @Test
    void hits_count_packets_and_bytes_by_cause() throws Exception {
        Ip a = Ip.parse(TestNetwork.A);
        Ip b = Ip.parse(TestNetwork.B);
        try (NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice");
                RawSocket socket = RawSocket.sender(net.a, false)) {
            dataplane.apply(between(OPEN, rows(only(new Cause.OwnNode(), DENY, udp(700)))));
            for (int i = 0; i < 5; i++) {
                socket.send(Packets.packet(a, 600 + i, b, Protocol.UDP, 700, i), b);
            }
            for (int i = 0; i < 3; i++) {
                socket.send(Packets.packet(a, 600 + i, b, Protocol.UDP, 701, i), b);
            }
            awaitHits(dataplane, DENY, new Hits(3, 120));
            awaitHits(dataplane, new Cause.OwnNode(), new Hits(5, 200));
            // They go on over changes of the table.
            dataplane.apply(between(OPEN, rows(only(new Cause.OwnNode(), DENY, udp(702)))));
            socket.send(Packets.packet(a, 600, b, Protocol.UDP, 700, 9), b);
            awaitHits(dataplane, DENY, new Hits(4, 160));
        }
    }

    @Test
    void the_next_process_adopts_what_the_last_one_left() throws Exception {
        Ip a = Ip.parse(TestNetwork.A);
        Ip b = Ip.parse(TestNetwork.B);
        Cause old = denied("old");
        net.listen(net.b, TestNetwork.B, 80);
        net.listen(net.b, TestNetwork.B, 81);
        try (RawSocket socket = RawSocket.sender(net.a, false)) {
            try (NftablesDataplane first = NftablesDataplane.open(net.router, "sluice")) {
                first.apply(between(OPEN, rows(only(ALLOW, old, tcp(80)))));
                socket.send(Packets.packet(a, 600, b, Protocol.UDP, 700, 1), b);
            }
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80))
                    .describedAs("left in force")
                    .isTrue();
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 81)).isFalse();
            try (NftablesDataplane second = NftablesDataplane.open(net.router, "sluice")) {
                assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 81))
                        .describedAs("still in force")
                        .isFalse();
                assertThat(judged(second))
                        .describedAs("a cause of the old process is not known, and not guessed")
                        .anyMatch(e -> e.outcome() == Outcome.DROPPED && e.ingress() == null);
                second.apply(between(OPEN, rows(only(ALLOW, DENY, tcp(81)))));
                assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isFalse();
                assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 81)).isTrue();
                assertThat(judged(second)).allMatch(e -> !old.equals(e.ingress()));
                second.apply(between(OPEN, rows(only(ALLOW, old, tcp(80)))));
                Hits counted = second.hits().getOrDefault(old, new Hits(0, 0));
                assertThat(counted.packets())
                        .describedAs("counted under the same cause in both processes")
                        .isGreaterThanOrEqualTo(1);
                second.apply(between(OPEN, OPEN));
                second.apply(between(OPEN, OPEN));
                assertThat(new Nft(net.router, "nft").run("", "list", "ruleset"))
                        .describedAs("what fell out of use is gone")
                        .doesNotContain(CauseIds.of(old), "row_");
                second.remove();
                assertThat(new Nft(net.router, "nft").run("", "list", "ruleset"))
                        .isEmpty();
                second.remove();
                second.apply(between(OPEN, rows(only(ALLOW, DENY, tcp(81)))));
                assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isFalse();
            }
        }
    }

    @Test
    void a_table_that_somebody_flushed_is_written_again() throws Exception {
        net.listen(net.b, TestNetwork.B, 80);
        try (NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice")) {
            dataplane.apply(between(OPEN, rows(only(tcp(81)))));
            TestNetwork.nft(net.router, "flush ruleset");
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isTrue();
            dataplane.apply(between(OPEN, rows(only(tcp(81)))));
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isFalse();
        }
    }

    @Test
    void a_slow_reader_learns_how_much_it_missed() throws Exception {
        Ip a = Ip.parse(TestNetwork.A);
        Ip b = Ip.parse(TestNetwork.B);
        try (NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice", "nft", 4_096);
                RawSocket socket = RawSocket.sender(net.a, false)) {
            dataplane.apply(between(OPEN, OPEN));
            int sent = 1_500;
            for (int i = 0; i < sent; i++) {
                socket.send(Packets.packet(a, 2_000 + i, b, Protocol.UDP, 700, i), b);
            }
            Thread.sleep(200);
            List<KernelEvent> events = events(dataplane);
            socket.send(Packets.packet(a, 1_999, b, Protocol.UDP, 700, 1), b);
            events.addAll(events(dataplane));
            long told = events.stream().filter(Judged.class::isInstance).count();
            long lost = events.stream()
                    .mapToLong(e -> e instanceof Lost(var _, long count) ? count : 0)
                    .sum();
            assertThat(lost).isPositive();
            assertThat(told + lost).isEqualTo(sent + 1);
        }
    }

    @Test
    void failures_say_what_is_missing_and_what_still_holds() throws Exception {
        net.listen(net.b, TestNetwork.B, 80);
        assertThatThrownBy(() -> NftablesDataplane.open(net.router, "sluice", "nft-of-elsewhere", RECEIVE_BYTES))
                .isInstanceOf(DataplaneException.class)
                .hasMessageContaining("apt-get install nftables")
                .hasMessageContaining("stays in force");
        assertThatThrownBy(() -> NftablesDataplane.open(NetworkNamespace.named("nowhere-at-all"), "sluice"))
                .isInstanceOf(DataplaneException.class)
                .hasMessageContaining("there is no network namespace");
        assertThatThrownBy(() -> NftablesDataplane.open(net.router, "a; flush ruleset"))
                .isInstanceOf(DataplaneException.class)
                .hasMessageContaining("is no name for an nftables table");
        try (NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice")) {
            assertThatThrownBy(() -> NftablesDataplane.open(net.router, "sluice"))
                    .isInstanceOf(DataplaneException.class)
                    .hasMessageContaining("another process enforces table sluice here");
            dataplane.apply(between(OPEN, rows(only(tcp(81)))));
            assertThatThrownBy(() -> dataplane.apply(new NodeTable(
                            Tables.pods(),
                            List.of(),
                            List.of(new PolicySet(1, OPEN, OPEN)),
                            List.of(),
                            ID_NODE,
                            Mode.DEFAULT)))
                    .isInstanceOf(DataplaneException.class)
                    .hasMessageContaining("has policy set 2, which the table does not hold")
                    .hasMessageContaining("still are");
            // The same address twice with different sets: nft refuses, the old rules hold.
            List<NodeTable.AddressEntry> twice = new ArrayList<>(Tables.pods());
            twice.add(Tables.address(TestNetwork.B, 99, 1));
            assertThatThrownBy(() -> dataplane.apply(new NodeTable(
                            twice,
                            List.of(),
                            List.of(new PolicySet(1, OPEN, OPEN), new PolicySet(2, rows(PortTable.of(DENY)), OPEN)),
                            List.of(),
                            ID_NODE,
                            Mode.DEFAULT)))
                    .isInstanceOf(DataplaneException.class)
                    .hasMessageContaining("still are");
            assertThat(TestNetwork.tcp(net.a, TestNetwork.B, 80)).isFalse();
        }
    }

    private static void awaitHits(NftablesDataplane dataplane, Cause cause, Hits expected) throws Exception {
        for (int tries = 0; tries < 20 && !expected.equals(dataplane.hits().get(cause)); tries++) {
            Thread.sleep(100);
        }
        assertThat(dataplane.hits().get(cause)).isEqualTo(expected);
    }

    private static String first(List<Judged> events, int port, String destination) {
        Judged e = events.stream()
                .filter(event ->
                        event.destinationPort() == port && event.destination().equals(Ip.parse(destination)))
                .findFirst()
                .orElseThrow();
        return e.outcome() + " " + e.protocol() + " " + e.egress() + " / " + e.ingress() + " " + e.dropReason();
    }

    private static List<Judged> judged(NftablesDataplane dataplane) {
        List<Judged> out = new ArrayList<>();
        for (KernelEvent event : events(dataplane)) {
            if (event instanceof Judged j) {
                out.add(j);
            }
        }
        return out;
    }

    private static List<KernelEvent> events(NftablesDataplane dataplane) {
        List<KernelEvent> out = new ArrayList<>();
        while (dataplane.poll(out::add, 300) > 0) {
            // Until it is quiet.
        }
        return out;
    }
}
