package io.sluice.dataplane;

import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.PortTable;
import java.util.List;
import java.util.Map;

/**
 * What one node enforces, as plain values. Identity and policy-set numbers have a meaning within one table only; the
 * keys beside them are equal from table to table for equal things, so that a backend can tell what changed.
 *
 * @param addresses every pod and node of the cluster; only pods of this node have a policy set
 * @param networks disjoint meaning by longest prefix; an address in none of them and not in {@code addresses} has
 *     identity {@link #WORLD}
 * @param podRanges prefixes that only pods hold: an address inside that is not in {@code addresses} is an unknown pod
 * @param ownNode the identity of this node's own addresses, for traffic that enters the node itself
 */
public record NodeTable(
        List<AddressEntry> addresses,
        List<NetworkEntry> networks,
        List<PolicySet> policySets,
        List<Cidr> podRanges,
        int ownNode,
        Mode mode) {
    /** The identity of every address that nothing names. */
    public static final int WORLD = 0;

    /** The peer identity that stands for the pod itself, reached through a Service. */
    public static final int SELF = -1;

    /** The policy set of an address on which nothing is enforced here. */
    public static final int NO_POLICY_SET = 0;

    public NodeTable {
        addresses = List.copyOf(addresses);
        networks = List.copyOf(networks);
        policySets = List.copyOf(policySets);
        podRanges = List.copyOf(podRanges);
    }

    /**
     * A known address.
     *
     * @param policySet {@link #NO_POLICY_SET}, or the set that judges its traffic on this node
     */
    public record AddressEntry(Ip ip, int identity, int policySet) {}

    /** The identity of the addresses that have this as their longest prefix. */
    public record NetworkEntry(Cidr prefix, int identity) {}

    /**
     * What is judged for the pods that share a set: for each direction a row for each peer identity.
     *
     * @param id positive
     */
    public record PolicySet(int id, Rows ingress, Rows egress) {
        public Rows rows(Direction direction) {
            return direction == Direction.INGRESS ? ingress : egress;
        }
    }

    /**
     * The rows of one direction.
     *
     * @param otherwise for every identity that has no row
     * @param byPeer only where it differs from {@code otherwise}; may hold {@link #SELF}
     */
    public record Rows(PortTable otherwise, Map<Integer, PortTable> byPeer) {
        public Rows {
            byPeer = Map.copyOf(byPeer);
        }

        public PortTable of(int identity) {
            return byPeer.getOrDefault(identity, otherwise);
        }
    }

    /**
     * How strictly the table is applied.
     *
     * @param enforce false: judge and report, drop nothing (audit)
     * @param rejudgeEstablished whether the forward packets of established connections are judged again, so that a
     *     revoked permission cuts an open connection
     * @param dropUnknownPods whether an address inside a pod range that no pod is known to hold is refused
     */
    public record Mode(boolean enforce, boolean rejudgeEstablished, boolean dropUnknownPods) {
        public static final Mode DEFAULT = new Mode(true, true, true);
    }
}
