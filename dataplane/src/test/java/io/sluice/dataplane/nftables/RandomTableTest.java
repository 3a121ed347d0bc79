package io.sluice.dataplane.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.NetworkEntry;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.PortTable.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random tables and random packets: what arrives is what the table says, read row by row. Protocols of every kind,
 * ranges that span protocols, networks nested in networks, addresses known, unknown and in no network.
 */
class RandomTableTest {
    private static final long SEED = 20_261_124;
    private static final int TABLES = 25;
    private static final int PACKETS = 300;
    private static final int[] PROTOCOLS = {1, 2, 6, 6, 6, 17, 17, 47, 58, 132, 132, 136, 200, 255};

    private final Random random = new Random(SEED);

    private record Sent(Ip source, Ip destination, Protocol protocol, int port) {}

    @Test
    void what_arrives_is_what_the_table_says() throws Exception {
        try (TestNetwork net = TestNetwork.create();
                NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice");
                RawSocket v4 = RawSocket.sender(net.a, false);
                RawSocket v6 = RawSocket.sender(net.a, true);
                RawSocket tap = RawSocket.tap(net.b)) {
            int allowed = 0;
            int denied = 0;
            List<String> wrong = new ArrayList<>();
            for (int t = 0; t < TABLES; t++) {
                NodeTable table = table();
                dataplane.apply(table);
                tap.received();
                Map<Integer, Sent> sent = new HashMap<>();
                for (int p = 0; p < PACKETS; p++) {
                    int tag = t * PACKETS + p;
                    Sent packet = packet(table);
                    RawSocket socket = packet.source().isV4() ? v4 : v6;
                    byte[] bytes = Packets.packet(
                            packet.source(), 1024 + tag, packet.destination(), packet.protocol(), packet.port(), tag);
                    if (socket.send(bytes, packet.destination())) {
                        sent.put(tag, packet);
                    }
                }
                Set<Integer> expectedTags = new HashSet<>();
                sent.forEach((tag, packet) -> {
                    if (says(table, packet)) {
                        expectedTags.add(tag);
                    }
                });
                Set<Integer> arrived = arrivals(tap, expectedTags);
                assertThat(sent.size()).isGreaterThan(PACKETS * 9 / 10);
                for (Map.Entry<Integer, Sent> entry : sent.entrySet()) {
                    boolean expected = expectedTags.contains(entry.getKey());
                    if (arrived.contains(entry.getKey()) != expected) {
                        wrong.add("table " + t + " expected " + expected + ": " + entry.getValue());
                    }
                    allowed += expected ? 1 : 0;
                    denied += expected ? 0 : 1;
                }
            }
            System.out.printf("nftables: %d packets arrived and %d did not, as the tables say%n", allowed, denied);
            assertThat(wrong).describedAs("seed %d", SEED).isEmpty();
            assertThat(allowed).isGreaterThan(500);
            assertThat(denied).isGreaterThan(500);
        }
    }

    /** Waits for what has to come, and a little longer for what must not. */
    private static Set<Integer> arrivals(RawSocket tap, Set<Integer> expected) throws Exception {
        Set<Integer> arrived = new HashSet<>();
        long end = System.nanoTime() + 3_000_000_000L;
        do {
            Thread.sleep(30);
            tap.received().forEach(bytes -> Packets.tag(bytes).ifPresent(arrived::add));
        } while (!arrived.containsAll(expected) && System.nanoTime() < end);
        return arrived;
    }

    private static boolean says(NodeTable table, Sent packet) {
        for (Ip ip : List.of(packet.source(), packet.destination())) {
            if (table.podRanges().stream().anyMatch(r -> r.contains(ip)) && known(table, ip) == null) {
                return false;
            }
        }
        boolean ports = packet.protocol().hasPorts() || packet.protocol().isIcmp();
        int key = TrafficRange.key(packet.protocol(), ports ? packet.port() : 0);
        AddressEntry source = known(table, packet.source());
        AddressEntry destination = known(table, packet.destination());
        return allows(table, source, packet.destination(), key, true)
                && allows(table, destination, packet.source(), key, false);
    }

    private static boolean allows(NodeTable table, @Nullable AddressEntry subject, Ip peer, int key, boolean egress) {
        if (subject == null || subject.policySet() == 0) {
            return true;
        }
        PolicySet set = table.policySets().stream()
                .filter(s -> s.id() == subject.policySet())
                .findFirst()
                .orElseThrow();
        Rows rows = egress ? set.egress() : set.ingress();
        PortTable row = rows.of(identity(table, peer));
        Entry last =
                row.entries().stream().filter(e -> e.first() <= key).toList().getLast();
        return last.cause().verdict() == Verdict.ALLOW;
    }

    private static int identity(NodeTable table, Ip ip) {
        AddressEntry entry = known(table, ip);
        return entry != null
                ? entry.identity()
                : table.networks().stream()
                        .filter(n -> n.prefix().contains(ip))
                        .max(Comparator.comparingInt(n -> n.prefix().length()))
                        .map(NetworkEntry::identity)
                        .orElse(NodeTable.WORLD);
    }

    private static @Nullable AddressEntry known(NodeTable table, Ip ip) {
        return table.addresses().stream()
                .filter(e -> e.ip().equals(ip))
                .findFirst()
                .orElse(null);
    }

    private Sent packet(NodeTable table) {
        boolean isV4 = random.nextBoolean();
        Ip source = Ip.parse(isV4 ? TestNetwork.A : TestNetwork.A6);
        Ip destination = Ip.parse((isV4 ? "10.2.0." : "fd02::") + (2 + random.nextInt(8)));
        Protocol protocol = new Protocol(PROTOCOLS[random.nextInt(PROTOCOLS.length)]);
        int port = random.nextInt(0x10000);
        if (random.nextInt(3) > 0) {
            // At the edge of a range of some row.
            PolicySet set =
                    table.policySets().get(random.nextInt(table.policySets().size()));
            List<Entry> entries = (random.nextBoolean() ? set.egress() : set.ingress())
                    .otherwise()
                    .entries();
            int edge = Math.max(0, entries.get(random.nextInt(entries.size())).first() - random.nextInt(2));
            port = edge & 0xffff;
            // In IPv6 some protocol numbers are extension headers, which would not end there.
            Protocol of = new Protocol(edge >>> 16);
            protocol = of.number() == 0 || of.number() == 4 || of.number() >= 41 && of.number() <= 60 ? protocol : of;
        }
        if (protocol.isIcmp()) {
            // Answers to questions that nobody asked are judged too; errors and router talk have a life of their own.
            port = protocol.equals(Protocol.ICMP) ? 8 << 8 | port & 0xff : 128 << 8 | port & 0xff;
        }
        return new Sent(source, destination, protocol, port);
    }

    private NodeTable table() {
        List<AddressEntry> addresses = new ArrayList<>();
        addresses.add(Tables.address(TestNetwork.A, 1 + random.nextInt(4), 1));
        addresses.add(Tables.address(TestNetwork.A6, 1 + random.nextInt(4), 1));
        for (int i = 2; i <= 9; i++) {
            for (String base : List.of("10.2.0.", "fd02::")) {
                if (random.nextBoolean()) {
                    addresses.add(Tables.address(base + i, 1 + random.nextInt(4), random.nextInt(3)));
                }
            }
        }
        List<NetworkEntry> networks = new ArrayList<>();
        for (String prefix : List.of(
                "0.0.0.0/0",
                "10.0.0.0/8",
                "10.2.0.0/16",
                "10.2.0.4/30",
                "10.2.0.6/31",
                "10.2.0.7/32",
                "10.1.0.0/24",
                "::/0",
                "fd00::/8",
                "fd02::/64",
                "fd02::4/126",
                "fd02::6/127",
                "fd02::7/128",
                "fd01::/64")) {
            if (random.nextBoolean()) {
                networks.add(Tables.network(prefix, 5 + random.nextInt(4)));
            }
        }
        List<PolicySet> sets = List.of(new PolicySet(1, rows(), rows()), new PolicySet(2, rows(), rows()));
        List<Cidr> podRanges = random.nextInt(4) == 0
                ? List.of(Cidr.parse("10.2.0.4/30"), Cidr.parse("10.2.0.4/31"), Cidr.parse("fd02::4/126"))
                : List.of();
        return new NodeTable(addresses, networks, sets, podRanges, 99, Mode.DEFAULT);
    }

    private Rows rows() {
        Map<Integer, PortTable> byPeer = new HashMap<>();
        for (int identity = 0; identity <= 8; identity++) {
            if (random.nextInt(3) == 0) {
                byPeer.put(identity, row());
            }
        }
        return new Rows(row(), byPeer);
    }

    private PortTable row() {
        TreeSet<Integer> starts = new TreeSet<>(Set.of(0));
        int pieces = random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
            starts.add(protocol << 16 | (random.nextInt(3) == 0 ? 0 : random.nextInt(0x10000)));
        }
        List<Entry> entries = new ArrayList<>();
        for (int start : starts) {
            entries.add(new Entry(start, random.nextInt(4) == 0 ? Tables.DENY : Tables.ALLOW));
        }
        return new PortTable(entries);
    }
}
