package io.sluice.dataplane.nftables;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.NetworkEntry;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.PortTable.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Node tables written by hand. */
final class Tables {
    static final Cause ALLOW = new Cause.NoPolicy();
    static final Cause OWN_NODE = new Cause.OwnNode();
    static final Cause SELF = new Cause.Self();
    static final Cause DENY = denied("default-deny");
    static final Rows OPEN = new Rows(PortTable.of(ALLOW), Map.of());
    static final Rows SHUT = new Rows(PortTable.of(DENY), Map.of());

    /** Identities. */
    static final int ID_A = 10;

    static final int ID_B = 11;
    static final int ID_NODE = 12;

    private Tables() {}

    static Cause denied(String policy) {
        return new Cause.Isolated("NetworkPolicy", List.of(new PolicyId("NetworkPolicy", "demo", policy)));
    }

    /** A row that denies all but the given pieces. */
    static PortTable only(Cause allow, Cause otherwise, TrafficRange... pieces) {
        List<Entry> entries = new ArrayList<>();
        int next = 0;
        for (TrafficRange piece : Arrays.stream(pieces).sorted().toList()) {
            if (piece.first() > next) {
                entries.add(new Entry(next, otherwise));
            }
            entries.add(new Entry(piece.first(), allow));
            next = piece.last() + 1;
        }
        if (next < TrafficRange.SPACE) {
            entries.add(new Entry(next, otherwise));
        }
        return new PortTable(entries);
    }

    static PortTable only(TrafficRange... pieces) {
        return only(ALLOW, DENY, pieces);
    }

    static TrafficRange tcp(int first, int last) {
        return TrafficRange.ports(Protocol.TCP, first, last);
    }

    static TrafficRange tcp(int port) {
        return tcp(port, port);
    }

    static TrafficRange udp(int port) {
        return TrafficRange.ports(Protocol.UDP, port, port);
    }

    static Rows rows(PortTable otherwise) {
        return new Rows(otherwise, Map.of());
    }

    static AddressEntry address(String ip, int identity, int policySet) {
        return new AddressEntry(Ip.parse(ip), identity, policySet);
    }

    /** Pod a with policy set 1, pod b with policy set 2, both families. */
    static List<AddressEntry> pods() {
        return List.of(
                address(TestNetwork.A, ID_A, 1),
                address(TestNetwork.A6, ID_A, 1),
                address(TestNetwork.B, ID_B, 2),
                address(TestNetwork.B6, ID_B, 2));
    }

    /** What leaves a, and what reaches b; everything else is open. */
    static NodeTable between(Rows egressOfA, Rows ingressOfB) {
        return between(egressOfA, ingressOfB, List.of(), Mode.DEFAULT);
    }

    static NodeTable between(Rows egressOfA, Rows ingressOfB, List<NetworkEntry> networks, Mode mode) {
        return new NodeTable(
                pods(),
                networks,
                List.of(new PolicySet(1, OPEN, egressOfA), new PolicySet(2, ingressOfB, OPEN)),
                List.of(),
                ID_NODE,
                mode);
    }

    static NetworkEntry network(String prefix, int identity) {
        return new NetworkEntry(Cidr.parse(prefix), identity);
    }
}
