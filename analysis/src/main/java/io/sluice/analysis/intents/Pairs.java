package io.sluice.analysis.intents;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.VerdictTable;
import java.util.IdentityHashMap;
import java.util.Map;

/** What the policies allow between two parties. */
final class Pairs {
    private final VerdictTable table;
    private final Map<PortTable, Traffic> allowed = new IdentityHashMap<>();

    Pairs(VerdictTable table) {
        this.table = table;
    }

    VerdictTable table() {
        return table;
    }

    Traffic allowed(Site from, Site to) {
        return allowed(row(Direction.EGRESS, from, to)).and(allowed(row(Direction.INGRESS, to, from)));
    }

    private Traffic allowed(PortTable row) {
        return allowed.computeIfAbsent(row, Traffic::allowedBy);
    }

    PortTable row(Direction direction, Site subject, Site peer) {
        return table.row(subject.set(), direction, peer.identity(), relation(subject, peer));
    }

    private static Relation relation(Site subject, Site peer) {
        return isOwnNode(subject, peer) ? Relation.OWN_NODE : Relation.OTHER;
    }

    /** Whether the peer is the node that the subject runs on. */
    static boolean isOwnNode(Site subject, Site peer) {
        return peer.party() instanceof Party.OfNode of
                && subject.pod().filter(of.node()::runs).isPresent();
    }

    /** Two that can have a connection between them that leaves a pod. */
    static boolean meet(Site from, Site to) {
        return from.canMeet(to)
                && !from.isSamePod(to)
                && (from.pod().isPresent() || to.pod().isPresent());
    }

    /** The whole reasoning for one packet's traffic. */
    Decision decide(Site from, Site to, int key) {
        Party destination = from.party().equals(to.party()) ? to.another() : to.party();
        return Decider.decide(
                table.snapshot(), new Connection(from.party(), destination, new Protocol(key >>> 16), key & 0xffff));
    }
}
