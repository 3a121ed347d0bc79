package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.ebpf.AddressMap.Known;
import io.sluice.dataplane.ebpf.ConfigMap.ModeSlot;
import io.sluice.dataplane.ebpf.NetworkMap.Net;
import io.sluice.dataplane.ebpf.SetContent.Row;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.PortTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A node table in kernel numbers, before anything of it is written.
 *
 * @param newSets those of its policy sets that the kernel does not hold yet, by content
 * @param setsInForce numbers of all its policy sets
 * @param newBlocks port tables that the kernel does not hold yet
 */
record WantedTable(
        Map<Ip, Known> addresses,
        Map<Cidr, Slots<Net>> networks,
        Map<SetContent, Integer> newSets,
        Set<Integer> setsInForce,
        Set<Block> newBlocks,
        ModeSlot mode) {

    static WantedTable of(NodeTable table, Mirror mirror, BlockStore blocks, CauseNumbers causes)
            throws DataplaneException {
        Map<Integer, Integer> identities = IdentityNumbers.of(table, mirror);
        Map<SetContent, Integer> newSets = new HashMap<>();
        Map<Integer, Integer> setNumbers = new HashMap<>();
        Map<PortTable, Block> compiled = new HashMap<>();
        setNumbers.put(NodeTable.NO_POLICY_SET, NodeTable.NO_POLICY_SET);
        for (NodeTable.PolicySet set : table.policySets()) {
            SetContent content = content(set, identities, compiled, causes);
            Integer number = mirror.sets.get(content);
            setNumbers.put(set.id(), number != null ? number : newSets.computeIfAbsent(content, _ -> ++mirror.lastSet));
        }
        Set<Block> newBlocks = new HashSet<>();
        newSets.keySet()
                .forEach(set -> set.rows().values().stream()
                        .filter(block -> !blocks.holds(block))
                        .forEach(newBlocks::add));
        Set<Integer> inForce = new HashSet<>(setNumbers.values());
        inForce.remove(NodeTable.NO_POLICY_SET);
        return new WantedTable(
                addresses(table, identities, setNumbers),
                Networks.wanted(table, identities, mirror),
                newSets,
                inForce,
                newBlocks,
                ModeSlot.of(table.mode(), identities.getOrDefault(table.ownNode(), Layout.WORLD)));
    }

    private static SetContent content(
            NodeTable.PolicySet set,
            Map<Integer, Integer> identities,
            Map<PortTable, Block> compiled,
            CauseNumbers causes)
            throws DataplaneException {
        Map<Row, Block> rows = new HashMap<>();
        for (Direction direction : Direction.values()) {
            int side = direction == Direction.INGRESS ? Layout.INGRESS : Layout.EGRESS;
            rows.put(new Row(side, Layout.OTHERWISE), block(set.rows(direction).otherwise(), compiled, causes));
            for (Map.Entry<Integer, PortTable> peer :
                    set.rows(direction).byPeer().entrySet()) {
                Integer identity =
                        peer.getKey() == NodeTable.SELF ? Integer.valueOf(Layout.SELF) : identities.get(peer.getKey());
                // An identity that no address has cannot be met: its row would only make equal sets differ.
                if (identity != null) {
                    rows.put(new Row(side, identity), block(peer.getValue(), compiled, causes));
                }
            }
        }
        return new SetContent(rows);
    }

    private static Block block(PortTable table, Map<PortTable, Block> compiled, CauseNumbers causes)
            throws DataplaneException {
        Block block = compiled.get(table);
        if (block == null) {
            block = Block.of(table, causes::of);
            compiled.put(table, block);
        }
        return block;
    }

    private static Map<Ip, Known> addresses(
            NodeTable table, Map<Integer, Integer> identities, Map<Integer, Integer> setNumbers)
            throws DataplaneException {
        Map<Ip, Known> addresses = new HashMap<>();
        for (NodeTable.AddressEntry entry : table.addresses()) {
            Integer set = setNumbers.get(entry.policySet());
            if (set == null) {
                throw new IllegalArgumentException(
                        entry.ip() + " has policy set " + entry.policySet() + ", which the table does not hold");
            }
            Known known = new Known(true, identities.getOrDefault(entry.identity(), Layout.WORLD), set);
            Known other = addresses.put(entry.ip(), known);
            if (other != null && !other.equals(known)) {
                throw new DataplaneException(
                        "The address " + entry.ip() + " is given to two parties that policies treat"
                                + " differently. The table before this one stays in force.");
            }
        }
        return addresses;
    }
}
