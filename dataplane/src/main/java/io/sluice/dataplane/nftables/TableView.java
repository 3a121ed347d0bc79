package io.sluice.dataplane.nftables;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.nftables.AddressSpace.Interval;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.TrafficRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what a table says about one packet. The kernel names the cause that ended a packet's way; the one before it,
 * egress where ingress came last, is looked up here.
 */
final class TableView {
    private final NodeTable table;
    private final Map<Ip, AddressEntry> known = new HashMap<>();
    private final Map<Integer, PolicySet> policySets = new HashMap<>();
    private final List<Interval> v4;
    private final List<Interval> v6;

    TableView(NodeTable table) {
        this.table = table;
        table.addresses().forEach(a -> known.put(a.ip(), a));
        table.policySets().forEach(s -> policySets.put(s.id(), s));
        v4 = AddressSpace.of(table, Family.V4).intervals();
        v6 = AddressSpace.of(table, Family.V6).intervals();
    }

    /** Empty where the subject is not judged on this node. */
    Optional<Cause> judge(Direction direction, PacketHeader packet, boolean toThisNode) {
        if (toThisNode && direction == Direction.INGRESS) {
            return Optional.empty();
        }
        Ip subject = direction == Direction.EGRESS ? packet.source() : packet.destination();
        Ip peer = direction == Direction.EGRESS ? packet.destination() : packet.source();
        AddressEntry entry = known.get(subject);
        if (entry == null) {
            return Optional.empty();
        }
        PolicySet set = policySets.get(entry.policySet());
        if (set == null) {
            return Optional.empty();
        }
        int identity = subject.equals(peer) ? NodeTable.SELF : identity(peer, toThisNode);
        int key = TrafficRange.key(packet.protocol(), packet.destinationPort());
        return Optional.of(set.rows(direction).of(identity).at(key));
    }

    private int identity(Ip ip, boolean toThisNode) {
        AddressEntry entry = known.get(ip);
        if (entry != null) {
            return entry.identity();
        }
        if (toThisNode) {
            return table.ownNode();
        }
        List<Interval> intervals = ip.isV4() ? v4 : v6;
        int low = 0;
        int high = intervals.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (intervals.get(middle).first().compareTo(ip) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return intervals.get(low).identity();
    }
}
