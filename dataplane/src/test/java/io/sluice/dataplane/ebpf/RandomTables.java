package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.NetworkEntry;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.dataplane.ebpf.Reference.Packet;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Small random tables over few addresses, prefixes and ports, so that packets meet them often. */
final class RandomTables {
    private static final List<String> ADDRESSES = List.of(
            "10.1.0.1",
            "10.1.0.2",
            "10.1.0.3",
            "10.1.1.1",
            "10.2.0.1",
            "192.0.2.1",
            "198.51.100.7",
            "fd00:1::1",
            "fd00:1::2",
            "fd00:1:0:1::1",
            "fd00:2::1",
            "2001:db8::1",
            "::1",
            "fe80::1");
    private static final List<String> PREFIXES = List.of(
            "0.0.0.0/0",
            "10.0.0.0/8",
            "10.1.0.0/16",
            "10.1.0.0/24",
            "10.1.0.2/32",
            "192.0.2.0/24",
            "::/0",
            "fd00::/8",
            "fd00:1::/32",
            "fd00:1::/64",
            "fd00:1::2/128",
            "2001:db8::/32",
            "8000::/1",
            "128.0.0.0/1");
    private static final List<String> POD_RANGES = List.of("10.1.0.0/16", "10.1.0.0/24", "fd00:1::/64", "fd00:2::/32");
    private static final List<Protocol> PROTOCOLS =
            List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP, Protocol.ICMP, Protocol.ICMPV6, new Protocol(47));
    private static final int[] PORTS = {0, 1, 53, 79, 80, 81, 443, 8080, 33 << 8, 130 << 8, 136 << 8, 138 << 8, 65535};

    private final Random random;

    RandomTables(long seed) {
        random = new Random(seed);
    }

    NodeTable table() {
        int identities = 1 + random.nextInt(5);
        int sets = random.nextInt(4);
        List<AddressEntry> addresses = new ArrayList<>();
        for (String address : ADDRESSES) {
            if (random.nextBoolean()) {
                addresses.add(
                        new AddressEntry(Ip.parse(address), 1 + random.nextInt(identities), random.nextInt(sets + 1)));
            }
        }
        List<NetworkEntry> networks = new ArrayList<>();
        for (String prefix : PREFIXES) {
            if (random.nextInt(3) == 0) {
                networks.add(new NetworkEntry(Cidr.parse(prefix), random.nextInt(identities + 3)));
            }
        }
        List<PolicySet> policySets = new ArrayList<>();
        for (int id = 1; id <= sets; id++) {
            policySets.add(new PolicySet(id, rows(identities), rows(identities)));
        }
        List<Cidr> podRanges = POD_RANGES.stream()
                .filter(_ -> random.nextInt(3) == 0)
                .map(Cidr::parse)
                .toList();
        Mode mode = new Mode(random.nextInt(8) != 0, random.nextBoolean(), random.nextBoolean());
        return new NodeTable(addresses, networks, policySets, podRanges, random.nextInt(identities + 2), mode);
    }

    Packet packet() {
        Ip source = address(random.nextBoolean());
        Ip destination = random.nextInt(12) == 0 ? source : address(source.isV4());
        Protocol protocol = pick(PROTOCOLS);
        int port = protocol.number() == 47 ? 0 : PORTS[random.nextInt(PORTS.length)];
        return new Packet(
                random.nextInt(4) == 0 ? Hook.LOCAL_IN : Hook.FORWARD,
                source,
                destination,
                protocol,
                port,
                protocol.equals(Protocol.TCP) && random.nextBoolean());
    }

    static byte[] bytes(Packet packet) {
        PacketBuilder builder = PacketBuilder.packet(packet.source(), packet.destination());
        PacketBuilder whole = switch (packet.protocol().number()) {
            case 6 -> builder.tcp(40000, packet.port(), packet.opens() ? PacketBuilder.SYN : PacketBuilder.ACK);
            case 17 -> builder.udp(40000, packet.port());
            case 132 -> builder.sctp(40000, packet.port());
            case 1 -> builder.icmp(packet.port() >> 8, packet.port() & 255);
            case 58 -> builder.icmpV6(packet.port() >> 8, packet.port() & 255);
            default -> builder.carrying(packet.protocol().number(), new byte[8]);
        };
        return whole.build();
    }

    private Ip address(boolean v4) {
        Ip ip = Ip.parse(pick(ADDRESSES));
        while (ip.isV4() != v4) {
            ip = Ip.parse(pick(ADDRESSES));
        }
        return ip;
    }

    private Rows rows(int identities) {
        Map<Integer, PortTable> byPeer = new HashMap<>();
        for (int identity = -1; identity <= identities + 2; identity++) {
            if (random.nextInt(3) == 0) {
                byPeer.put(identity, ports());
            }
        }
        return new Rows(ports(), byPeer);
    }

    private PortTable ports() {
        TreeMap<Integer, Cause> starts = new TreeMap<>(Map.of(0, cause()));
        for (int i = random.nextInt(9); i > 0; i--) {
            int port = PORTS[random.nextInt(PORTS.length)];
            starts.put(TrafficRange.key(pick(PROTOCOLS), port), cause());
        }
        List<PortTable.Entry> entries = new ArrayList<>();
        starts.forEach((first, cause) -> entries.add(new PortTable.Entry(first, cause)));
        return new PortTable(entries);
    }

    private Cause cause() {
        Verdict verdict = random.nextBoolean() ? Verdict.ALLOW : Verdict.DENY;
        int number = random.nextInt(6);
        return number == 0 ? Tables.isolated("p" + random.nextInt(3)) : new Cause.ByRule(rule(number), verdict);
    }

    private static RuleRef rule(int number) {
        return Tables.rule("p" + number, number);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
