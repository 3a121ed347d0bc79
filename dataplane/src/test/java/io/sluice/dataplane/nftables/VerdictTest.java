package io.sluice.dataplane.nftables;

import static io.sluice.dataplane.nftables.Tables.between;
import static io.sluice.dataplane.nftables.Tables.only;
import static io.sluice.dataplane.nftables.Tables.rows;
import static io.sluice.dataplane.nftables.Tables.tcp;
import static io.sluice.dataplane.nftables.Tables.udp;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real connections between namespaces, judged by hand-written tables. */
class VerdictTest {
    private static TestNetwork net;
    private static NftablesDataplane dataplane;

    @BeforeAll
    static void start() throws Exception {
        net = TestNetwork.create();
        dataplane = NftablesDataplane.open(net.router, "sluice");
        for (String b : new String[] {TestNetwork.B, TestNetwork.B6}) {
            for (int port : new int[] {79, 80, 90, 91}) {
                net.listen(net.b, b, port);
            }
        }
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
    void ports_at_the_edges_of_a_range() throws Exception {
        dataplane.apply(between(Tables.OPEN, rows(only(tcp(80, 90), udp(91)))));
        for (String b : new String[] {TestNetwork.B, TestNetwork.B6}) {
            assertThat(TestNetwork.tcp(net.a, b, 79)).isFalse();
            assertThat(TestNetwork.tcp(net.a, b, 80)).isTrue();
            assertThat(TestNetwork.tcp(net.a, b, 90)).isTrue();
            assertThat(TestNetwork.tcp(net.a, b, 91)).isFalse();
            assertThat(TestNetwork.udp(net.a, b, 91)).isTrue();
            assertThat(TestNetwork.udp(net.a, b, 90)).isFalse();
            assertThat(TestNetwork.echo(net.a, b)).isFalse();
        }
    }
}
