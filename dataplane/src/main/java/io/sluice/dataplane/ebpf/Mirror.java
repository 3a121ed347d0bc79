package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.ebpf.AddressMap.Known;
import io.sluice.dataplane.ebpf.ConfigMap.ModeSlot;
import io.sluice.dataplane.ebpf.NetworkMap.Net;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the kernel holds, both generations of it: the actual side of every comparison with what is wanted. It is written
 * after each write to the kernel, so that it is also true after a change that broke off.
 */
final class Mirror {
    final Map<Ip, Slots<Known>> addresses = new HashMap<>();
    final TreeMap<Cidr, Slots<Net>> networks = new TreeMap<>();
    /** Every set with rows in the kernel, by content and by number. */
    final Map<SetContent, Integer> sets = new HashMap<>();

    final Set<Integer> setsInForce = new HashSet<>();
    Slots<ModeSlot> modes = new Slots<>(new ModeSlot(0, 0), new ModeSlot(0, 0));
    int generation;
    int lastSet;
    int lastIdentity;

    int nextGeneration() {
        return 1 - generation;
    }

    int rows() {
        return sets.keySet().stream().mapToInt(s -> s.rows().size()).sum();
    }

    int rowsInForce() {
        return sets.entrySet().stream()
                .filter(s -> setsInForce.contains(s.getValue()))
                .mapToInt(s -> s.getKey().rows().size())
                .sum();
    }

    /** Reads the maps of an earlier process. */
    static Mirror of(Maps maps, BlockStore blocks) {
        Mirror mirror = new Mirror();
        ConfigMap.Config config = maps.config().read();
        mirror.generation = config.generation() & 1;
        mirror.modes = config.modes();
        mirror.lastIdentity =
                Math.max(config.modes().zero().ownNode(), config.modes().one().ownNode());
        mirror.addresses.putAll(maps.addresses().read());
        mirror.networks.putAll(maps.networks().read());
        mirror.adoptSets(maps, blocks);
        mirror.addresses.values().forEach(slots -> {
            Known now = slots.in(mirror.generation);
            mirror.lastIdentity = Math.max(
                    mirror.lastIdentity,
                    Math.max(slots.zero().identity(), slots.one().identity()));
            if (now.present() && now.policySet() != 0) {
                mirror.setsInForce.add(now.policySet());
            }
        });
        mirror.networks
                .values()
                .forEach(slots -> mirror.lastIdentity = Math.max(
                        mirror.lastIdentity,
                        Math.max(slots.zero().identity(), slots.one().identity())));
        return mirror;
    }

    private void adoptSets(Maps maps, BlockStore blocks) {
        Map<Integer, Map<SetContent.Row, Block>> found = new HashMap<>();
        for (RowMap.Entry entry : maps.rows().read()) {
            Block block = maps.blocks().read(entry.offset(), entry.count());
            if (!blocks.holds(block)) {
                blocks.adopt(block, entry.offset());
            }
            found.computeIfAbsent(entry.policySet(), _ -> new HashMap<>()).put(entry.row(), block);
            lastSet = Math.max(lastSet, entry.policySet());
            if (entry.row().identity() != Layout.SELF && entry.row().identity() != Layout.OTHERWISE) {
                lastIdentity = Math.max(lastIdentity, entry.row().identity());
            }
        }
        found.forEach((number, rows) -> sets.put(new SetContent(rows), number));
    }
}
