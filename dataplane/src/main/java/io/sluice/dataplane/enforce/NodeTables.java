package io.sluice.dataplane.enforce;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.NetworkEntry;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.PolicySet;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts the verdict table to one node.
 *
 * <p>The own node has identities here that no other node shares, one for each that its addresses have, so that its rows ("traffic to and from the node where a
 * Pod is running is always allowed") need no case of their own in the kernel. Pods that share a policy set but meet
 * different rows when they reach themselves get different sets here.
 */
public final class NodeTables {
    private final VerdictTable table;
    private final String node;
    private final AddressBook book;
    /** The own node's identities in the verdict table, and what they are called in the node's. */
    private final Map<Integer, Integer> ownNode = new LinkedHashMap<>();

    private final Map<SetKey, Integer> sets = new HashMap<>();
    private final List<NodeTable.PolicySet> made = new ArrayList<>();

    private record SetKey(int policySet, PortTable selfIngress, PortTable selfEgress) {}

    private NodeTables(VerdictTable table, String node) {
        this.table = table;
        this.node = node;
        book = AddressBook.of(table.snapshot());
        table.snapshot().node(node).ifPresent(own -> own.ips().forEach(ip -> identity(new Party.OfNode(own, ip))));
        // All of the own node's identities must be known before a set is made: each has rows in every set.
        hostNetwork().forEach(this::identity);
    }

    /** The nodes by the addresses of their host-network pods, which they need not name among their own. */
    private List<Party.OfNode> hostNetwork() {
        List<Party.OfNode> parties = new ArrayList<>();
        for (Pod pod : table.snapshot().pods()) {
            for (Ip ip : pod.hostNetwork() ? pod.ips() : List.<Ip>of()) {
                if (book.party(ip) instanceof Party.OfNode of) {
                    parties.add(of);
                }
            }
        }
        return parties;
    }

    /** The identity of a node by one of its addresses, as this node calls it. */
    private int identity(Party.OfNode of) {
        int shared = table.identityOf(of);
        return of.node().name().equals(node)
                ? ownNode.computeIfAbsent(shared, _ -> table.identities().size() + ownNode.size())
                : shared;
    }

    /**
     * The table that a node enforces.
     *
     * @param podRanges the prefixes that only pods of the cluster hold
     */
    public static NodeTable of(VerdictTable table, String node, List<Cidr> podRanges, NodeTable.Mode mode) {
        return new NodeTables(table, node).make(podRanges, mode);
    }

    private NodeTable make(List<Cidr> podRanges, NodeTable.Mode mode) {
        Snapshot snapshot = table.snapshot();
        List<AddressEntry> addresses = new ArrayList<>();
        Set<Ip> taken = new HashSet<>();
        for (Pod pod : snapshot.pods()) {
            for (Ip ip : pod.hostNetwork() ? List.<Ip>of() : pod.ips()) {
                if (taken.add(ip)) {
                    int identity = table.identityOf(new Party.OfPod(pod, ip));
                    int set = pod.node().equals(node) ? set(pod, identity) : NodeTable.NO_POLICY_SET;
                    addresses.add(new AddressEntry(ip, identity, set));
                }
            }
        }
        for (Node each : snapshot.nodes()) {
            for (Ip ip : each.ips()) {
                if (taken.add(ip)) {
                    int identity = identity(new Party.OfNode(each, ip));
                    addresses.add(new AddressEntry(ip, identity, NodeTable.NO_POLICY_SET));
                }
            }
        }
        for (Party.OfNode of : hostNetwork()) {
            of.address()
                    .filter(taken::add)
                    .ifPresent(ip -> addresses.add(new AddressEntry(ip, identity(of), NodeTable.NO_POLICY_SET)));
        }
        List<NetworkEntry> networks = table.networks().entrySet().stream()
                .map(e -> new NetworkEntry(e.getKey(), e.getValue()))
                .toList();
        int nodeItself = ownNode.values().stream().findFirst().orElse(NodeTable.WORLD);
        return new NodeTable(addresses, networks, made, podRanges, nodeItself, mode);
    }

    private int set(Pod pod, int identity) {
        int policySet = table.policySetOf(pod);
        SetKey key = new SetKey(
                policySet,
                table.row(policySet, Direction.INGRESS, identity, Relation.SELF),
                table.row(policySet, Direction.EGRESS, identity, Relation.SELF));
        return sets.computeIfAbsent(key, this::make);
    }

    private int make(SetKey key) {
        PolicySet set = table.policySets().get(key.policySet());
        int id = made.size() + 1;
        made.add(new NodeTable.PolicySet(
                id,
                rows(set.side(Direction.INGRESS), key.selfIngress()),
                rows(set.side(Direction.EGRESS), key.selfEgress())));
        return id;
    }

    private NodeTable.Rows rows(PolicySet.Side side, PortTable self) {
        PortTable otherwise = side.otherwise();
        Map<Integer, PortTable> byPeer = new HashMap<>(side.other().byPeer());
        byPeer.put(NodeTable.SELF, self);
        ownNode.forEach((shared, own) -> byPeer.put(own, side.ownNode().of(shared)));
        byPeer.values().removeIf(otherwise::equals);
        return new NodeTable.Rows(otherwise, byPeer);
    }
}
