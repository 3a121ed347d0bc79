package io.sluice.dataplane.ebpf;

import static io.sluice.dataplane.ebpf.PacketBuilder.ACK;
import static io.sluice.dataplane.ebpf.PacketBuilder.SYN;
import static io.sluice.dataplane.ebpf.PacketBuilder.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.ebpf.EbpfTrial.Connection;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.dataplane.testnet.Root;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the program reads of a packet: one policy that allows TCP, UDP and SCTP to port 80, ICMP echo and protocol 47,
 * and every shape of header in front of it.
 */
class HeaderTest {
    private static final String CLIENT = "10.0.0.1";
    private static final String SERVER = "10.0.0.2";
    private static final String CLIENT6 = "fd00::1";
    private static final String SERVER6 = "fd00::2";
    private static EbpfTrial trial;

    @BeforeAll
    static void load() throws Exception {
        Root.required();
        trial = EbpfTrial.load(EbpfOptions.DEFAULT, Connection.NEW);
        trial.apply(Tables.table(
                List.of(
                        Tables.address(CLIENT, 1, 0),
                        Tables.address(SERVER, 2, 1),
                        Tables.address(CLIENT6, 1, 0),
                        Tables.address(SERVER6, 2, 1)),
                Tables.ingress(1, new Rows(policy(), Map.of()))));
    }

    @AfterAll
    static void unload() {
        if (trial != null) {
            trial.close();
        }
    }

    private static PortTable policy() {
        Cause deny = Tables.isolated("web");
        List<PortTable.Entry> entries = new ArrayList<>(List.of(new PortTable.Entry(0, deny)));
        int[] allowed = {
            TrafficRange.key(Protocol.ICMP, 8 << 8),
            TrafficRange.key(Protocol.TCP, 80),
            TrafficRange.key(Protocol.UDP, 80),
            TrafficRange.key(new Protocol(47), 0),
            TrafficRange.key(Protocol.ICMPV6, 128 << 8),
            TrafficRange.key(Protocol.SCTP, 80)
        };
        for (int key : allowed) {
            entries.add(new PortTable.Entry(key, Tables.FREE));
            entries.add(new PortTable.Entry(key + 1, deny));
        }
        return new PortTable(entries);
    }

    private static PacketBuilder v4() {
        return packet(CLIENT, SERVER);
    }

    private static PacketBuilder v6() {
        return packet(CLIENT6, SERVER6);
    }

    private static Arguments is(String what, PacketBuilder packet, String expected) {
        return Arguments.of(what, packet, expected);
    }

    static List<Arguments> packets() {
        return List.of(
                is("TCP to 80", v4().tcp(40000, 80, SYN), "accepted"),
                is("TCP to 81", v4().tcp(40000, 81, SYN), "by policy"),
                is("TCP from 80 to 40000", v4().tcp(80, 40000, SYN), "by policy"),
                is("UDP to 80", v4().udp(40000, 80), "accepted"),
                is("UDP to 79", v4().udp(40000, 79), "by policy"),
                is("SCTP to 80", v4().sctp(40000, 80), "accepted"),
                is("SCTP to 8080", v4().sctp(40000, 8080), "by policy"),
                is("echo request", v4().icmp(8, 0), "accepted"),
                is("echo with another code", v4().icmp(8, 1), "by policy"),
                is("timestamp request", v4().icmp(13, 0), "by policy"),
                is("GRE", v4().carrying(47, new byte[4]), "accepted"),
                is("GRE without a byte", v4().carrying(47, new byte[0]), "accepted"),
                is("protocol 48", v4().carrying(48, new byte[40]), "by policy"),
                is("options of 4 bytes", v4().options(4).tcp(1, 80, SYN), "accepted"),
                is("options of 40 bytes", v4().options(40).udp(1, 80), "accepted"),
                is("options of 40 bytes, other port", v4().options(40).udp(1, 53), "by policy"),
                is("options do not pass as ports", v4().options(4).tcp(80, 81, SYN), "by policy"),
                is("header shorter than a header", v4().headerWords(4).tcp(1, 80, SYN), "unreadable header"),
                is("header longer than the packet", v4().headerWords(15).tcp(1, 80, SYN), "unreadable header"),
                is("first fragment", v4().fragment(0, true).udp(1, 80), "accepted"),
                is("first fragment, other port", v4().fragment(0, true).udp(1, 81), "by policy"),
                is("second fragment", v4().fragment(1, true).carrying(17, new byte[16]), "fragment"),
                is("last fragment", v4().fragment(100, false).carrying(17, new byte[16]), "fragment"),
                is("TCP cut before its flags", v4().tcp(1, 80, SYN).cutTo(33), "unreadable header"),
                is("TCP cut after its flags", v4().tcp(1, 80, SYN).cutTo(34), "accepted"),
                is("TCP without a byte", v4().tcp(1, 80, SYN).cutTo(20), "unreadable header"),
                is("UDP cut in its ports", v4().udp(1, 80).cutTo(23), "unreadable header"),
                is("ICMP cut after its type", v4().icmp(8, 0).cutTo(21), "unreadable header"),
                is("IPv6 TCP to 80", v6().tcp(40000, 80, SYN), "accepted"),
                is("IPv6 TCP to 81", v6().tcp(40000, 81, ACK), "by policy"),
                is("IPv6 SCTP to 80", v6().sctp(40000, 80), "accepted"),
                is("IPv6 echo", v6().icmpV6(128, 0), "accepted"),
                is("IPv6 router solicitation, forwarded", v6().icmpV6(133, 0), "by policy"),
                is("ICMP of IPv4 over IPv6", v6().icmp(8, 0), "accepted"),
                is("hop-by-hop", v6().extension(0, 0).tcp(1, 80, SYN), "accepted"),
                is("hop-by-hop, other port", v6().extension(0, 0).tcp(1, 81, SYN), "by policy"),
                is("long destination options", v6().extension(60, 20).udp(1, 80), "accepted"),
                is(
                        "routing, mobility, HIP, shim6",
                        v6().extension(43, 1)
                                .extension(135, 0)
                                .extension(139, 0)
                                .extension(140, 0)
                                .udp(1, 80),
                        "accepted"),
                is("authentication", v6().authentication(6).tcp(1, 80, SYN), "accepted"),
                is("authentication, other port", v6().authentication(6).tcp(1, 443, SYN), "by policy"),
                is("nine extension headers", many(9).udp(1, 80), "unreadable header"),
                is("eight extension headers", many(8).udp(1, 80), "accepted"),
                is("IPv6 first fragment", v6().fragment(0, true).udp(1, 80), "accepted"),
                is("IPv6 atomic fragment, other port", v6().fragment(0, false).udp(1, 81), "by policy"),
                is("IPv6 second fragment", v6().fragment(3, true).udp(1, 80), "fragment"),
                is(
                        "fragment header after options",
                        v6().extension(60, 0).fragment(3, false).udp(1, 80),
                        "fragment"),
                is(
                        "extension header beyond the end",
                        v6().extension(0, 0).udp(1, 80).cutTo(44),
                        "unreadable header"),
                is(
                        "extension length beyond the end",
                        v6().extension(0, 200).udp(1, 80).cutTo(60),
                        "unreadable header"),
                is("ESP", v6().carrying(50, new byte[16]), "by policy"),
                is("no next header", v6().carrying(59, new byte[0]), "by policy"),
                is("IPv6 header cut", v6().udp(1, 80).cutTo(39), "unreadable header"));
    }

    private static PacketBuilder many(int extensions) {
        PacketBuilder packet = v6();
        for (int i = 0; i < extensions; i++) {
            packet.extension(60, 0);
        }
        return packet;
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("packets")
    void reads(String what, PacketBuilder packet, String expected) {
        trial.poll(_ -> {}, 0);
        boolean accepted = trial.judge(Hook.FORWARD, packet.build(), 1).accepted();
        List<KernelEvent> events = new ArrayList<>();
        trial.poll(events::add, 0);

        assertThat(events).hasSize(1);
        KernelEvent.Judged event = (KernelEvent.Judged) events.getFirst();
        assertThat(verdict(event)).isEqualTo(expected);
        assertThat(accepted).isEqualTo(expected.equals("accepted"));
    }

    private static String verdict(KernelEvent.Judged event) {
        if (event.outcome() == KernelEvent.Outcome.FORWARDED) {
            return "accepted";
        }
        return event.dropReason().isEmpty() ? "by policy" : event.dropReason();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("packets")
    void passesWhateverNoPolicyConcerns(String what, PacketBuilder ignored, String expected) {
        byte[] packet = ignored.build();
        int source = packet[0] >> 4 == 4 ? 12 : 8;
        int destination = packet[0] >> 4 == 4 ? 16 : 24;
        int last = packet[0] >> 4 == 4 ? 3 : 15;
        if (destination + last < packet.length) {
            packet[destination + last] = 9;
            assertThat(trial.judge(Hook.FORWARD, packet, 1).accepted()).isTrue();
            packet[source + last] = 7;
            assertThat(trial.judge(Hook.FORWARD, packet, 1).accepted()).isTrue();
        }
    }
}
