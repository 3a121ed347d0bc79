package io.sluice.dataplane.nftables;

import static io.sluice.dataplane.nftables.Tables.OPEN;
import static io.sluice.dataplane.nftables.Tables.between;
import static io.sluice.dataplane.nftables.Tables.only;
import static io.sluice.dataplane.nftables.Tables.rows;
import static io.sluice.dataplane.nftables.Tables.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.NodeTable;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tables change under traffic: no packet gets a verdict that neither the old table nor the new one gives. */
class SwapTest {
    private static final int ALWAYS = 7_000;
    private static final int NEVER = 7_001;
    private static final int SWAPS = 120;
    private static final long NANOS = 10_000_000_000L;
    private static final Pattern PACKETS = Pattern.compile("dport (\\d+) counter packets (\\d+)");

    @Test
    void no_verdict_between_two_tables() throws Exception {
        try (TestNetwork net = TestNetwork.create();
                NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice");
                RawSocket socket = RawSocket.sender(net.a, false)) {
            TestNetwork.nft(net.b, """
                    table ip count {
                      chain in {
                        type filter hook prerouting priority -300;
                        udp dport %d counter drop
                        udp dport %d counter drop
                      }
                    }
                    """.formatted(ALWAYS, NEVER));
            dataplane.apply(table(0));
            AtomicBoolean running = new AtomicBoolean(true);
            AtomicLong sent = new AtomicLong();
            Thread traffic = Thread.ofPlatform().start(() -> send(socket, running, sent));
            int swaps = 0;
            long start = System.nanoTime();
            while (swaps < SWAPS && System.nanoTime() - start < NANOS) {
                dataplane.apply(table(++swaps));
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            running.set(false);
            traffic.join();
            Thread.sleep(300);
            Matcher counted = PACKETS.matcher(new Nft(net.b, "nft").run("", "list", "table", "ip", "count"));
            assertThat(counted.find()).isTrue();
            long always = Long.parseLong(counted.group(2));
            assertThat(counted.find()).isTrue();
            long never = Long.parseLong(counted.group(2));
            System.out.printf(
                    "nftables: %d tables in %d ms under %d packets of each kind%n", swaps, millis, sent.get());
            assertThat(never).isZero();
            assertThat(always).isEqualTo(sent.get());
        }
    }

    private static void send(RawSocket socket, AtomicBoolean running, AtomicLong sent) {
        Ip a = Ip.parse(TestNetwork.A);
        Ip b = Ip.parse(TestNetwork.B);
        byte[] always = Packets.packet(a, 6_000, b, Protocol.UDP, ALWAYS, 1);
        byte[] never = Packets.packet(a, 6_000, b, Protocol.UDP, NEVER, 2);
        try {
            while (running.get()) {
                for (int i = 0; i < 20; i++) {
                    socket.send(never, b);
                    if (socket.send(always, b)) {
                        sent.incrementAndGet();
                    }
                }
                // Leaves the other processor time to take packets off its queue, so that none is lost there.
                Thread.sleep(0, 100_000);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every table has chains of its own, and puts one of the pods into another policy set. */
    private static NodeTable table(int number) {
        return between(
                number % 3 == 0 ? OPEN : rows(only(udp(ALWAYS), udp(8_000 + number))),
                rows(only(udp(ALWAYS), udp(9_000 + number))));
    }
}
