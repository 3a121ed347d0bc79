package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.NetworkEntry;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.ebpf.EbpfTrial.Connection;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the program has to do, read off a {@link NodeTable} in the slowest way. */
final class Reference {
    /** A packet as the program sees it. */
    record Packet(Hook hook, Ip source, Ip destination, Protocol protocol, int port, boolean opens) {}

    /** Empty causes where nothing was judged; the reason is empty unless something else than a policy refused. */
    record Answer(boolean refused, String reason, Optional<Cause> egress, Optional<Cause> ingress) {
        static final Answer PASSED = new Answer(false, "", Optional.empty(), Optional.empty());
    }

    private final NodeTable table;
    private final Map<Ip, AddressEntry> addresses = new HashMap<>();

    Reference(NodeTable table) {
        this.table = table;
        table.addresses().forEach(a -> addresses.put(a.ip(), a));
    }

    Answer judge(Connection connection, Packet packet) {
        boolean passes = switch (connection) {
            case NEW -> false;
            case RELATED -> true;
            case ESTABLISHED -> !table.mode().rejudgeEstablished();
            case ESTABLISHED_REPLY, RELATED_REPLY -> !packet.opens;
        };
        if (passes || packet.hook == Hook.LOCAL_IN && isNeighbourDiscovery(packet)) {
            return Answer.PASSED;
        }
        boolean local = packet.hook == Hook.LOCAL_IN;
        if (table.mode().dropUnknownPods()
                && (isUnknownPod(packet.source) || !local && isUnknownPod(packet.destination))) {
            return new Answer(true, DropReasons.UNKNOWN_POD, Optional.empty(), Optional.empty());
        }
        boolean self = packet.source.equals(packet.destination);
        int destination =
                local && !addresses.containsKey(packet.destination) ? table.ownNode() : identity(packet.destination);
        Optional<Cause> egress = judge(Direction.EGRESS, packet.source, self ? NodeTable.SELF : destination, packet);
        if (egress.filter(c -> c.verdict() == Verdict.DENY).isPresent()) {
            return new Answer(true, "", egress, Optional.empty());
        }
        Optional<Cause> ingress = local
                ? Optional.empty()
                : judge(Direction.INGRESS, packet.destination, self ? NodeTable.SELF : identity(packet.source), packet);
        return new Answer(ingress.filter(c -> c.verdict() == Verdict.DENY).isPresent(), "", egress, ingress);
    }

    private Optional<Cause> judge(Direction direction, Ip subject, int peer, Packet packet) {
        AddressEntry entry = addresses.get(subject);
        if (entry == null || entry.policySet() == NodeTable.NO_POLICY_SET) {
            return Optional.empty();
        }
        PolicySet set = table.policySets().stream()
                .filter(s -> s.id() == entry.policySet())
                .findFirst()
                .orElseThrow();
        return Optional.of(set.rows(direction).of(peer).at(TrafficRange.key(packet.protocol, packet.port)));
    }

    private int identity(Ip ip) {
        AddressEntry entry = addresses.get(ip);
        if (entry != null) {
            return entry.identity();
        }
        return table.networks().stream()
                .filter(n -> n.prefix().contains(ip))
                .max(Comparator.comparingInt(n -> n.prefix().length()))
                .map(NetworkEntry::identity)
                .orElse(NodeTable.WORLD);
    }

    private boolean isUnknownPod(Ip ip) {
        return !addresses.containsKey(ip) && table.podRanges().stream().anyMatch(r -> r.contains(ip));
    }

    private static boolean isNeighbourDiscovery(Packet packet) {
        int type = packet.port >> 8;
        return packet.protocol.equals(Protocol.ICMPV6) && (type >= 130 && type <= 137 || type == 143);
    }
}
