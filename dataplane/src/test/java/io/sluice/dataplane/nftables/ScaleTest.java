package io.sluice.dataplane.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.Dataplane.Applied;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node of a large cluster: how long a table takes to come into force, first and after one pod has changed. */
class ScaleTest {
    private static final int ADDRESSES = 5_000;
    private static final int POLICY_SETS = 300;
    private static final int IDENTITIES = 300;

    @Test
    void five_thousand_addresses_and_three_hundred_policy_sets() throws Exception {
        try (TestNetwork net = TestNetwork.create();
                NftablesDataplane dataplane = NftablesDataplane.open(net.router, "sluice")) {
            for (int peersOfASet : new int[] {5, 30, IDENTITIES}) {
                Applied first = dataplane.apply(table(peersOfASet, ADDRESSES));
                Applied onePodMore = dataplane.apply(table(peersOfASet, ADDRESSES + 1));
                Applied again = dataplane.apply(table(peersOfASet, ADDRESSES + 1));
                System.out.printf(
                        "nftables: %d addresses, %d policy sets, rows for %d identities each: whole table %d ms "
                                + "(%d rows), one pod more %d ms, nothing changed %d ms%n",
                        ADDRESSES,
                        POLICY_SETS,
                        peersOfASet,
                        first.nanos() / 1_000_000,
                        first.rowsInForce(),
                        onePodMore.nanos() / 1_000_000,
                        again.nanos() / 1_000_000);
                assertThat(again.rowsWritten()).isZero();
            }
        }
    }

    /** Pods take addresses in turn over identities; the first of each identity is on this node. */
    private static NodeTable table(int peersOfASet, int addresses) {
        List<AddressEntry> entries = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            Ip ip = Ip.v4(0x0a000000 | (i / 200 << 8) | i % 200 + 1);
            entries.add(new AddressEntry(ip, 1 + i % IDENTITIES, i < POLICY_SETS ? i + 1 : NodeTable.NO_POLICY_SET));
        }
        List<PolicySet> sets = new ArrayList<>();
        for (int s = 0; s < POLICY_SETS; s++) {
            PortTable some = Tables.only(Tables.tcp(1000 + s), Tables.tcp(8080, 8090), Tables.udp(53));
            Map<Integer, PortTable> byPeer = new HashMap<>();
            for (int p = 0; p < peersOfASet; p++) {
                byPeer.put(1 + (s + p) % IDENTITIES, some);
            }
            PortTable shut = PortTable.of(Tables.denied("set-" + s));
            sets.add(new PolicySet(s + 1, new Rows(shut, byPeer), new Rows(shut, byPeer)));
        }
        return new NodeTable(entries, List.of(), sets, List.of(Cidr.parse("10.0.0.0/16")), 1_000, Mode.DEFAULT);
    }
}
