package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.Dataplane.Applied;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.ebpf.AddressMap.Known;
import io.sluice.dataplane.ebpf.ConfigMap.Config;
import io.sluice.dataplane.ebpf.NetworkMap.Net;
import io.sluice.dataplane.linux.GracePeriod;
import io.sluice.dataplane.linux.LinuxException;
import io.sluice.dataplane.linux.Rcu;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes a table the one in force: clear away what the last change left, compare, check that there is room, write
 * beside, flip. Only the flip changes a verdict.
 */
final class TableWriter {
    private final Maps maps;
    private final Mirror mirror;
    private final BlockStore blocks;
    private final CauseNumbers causes;
    private final GracePeriod sinceFlip = new GracePeriod();
    private Set<Cidr> prefixesInForce;

    /** Takes the maps as they are, empty or in force. */
    TableWriter(Maps maps, CauseNumbers causes) {
        this.maps = maps;
        this.causes = causes;
        blocks = new BlockStore(maps.blocks().map().maxEntries(), causes);
        mirror = Mirror.of(maps, blocks);
        causes.adopt();
        prefixesInForce = new HashSet<>(mirror.networks.keySet());
        sinceFlip.begin(); // the process before this one may have flipped just now
    }

    Applied apply(NodeTable table) throws DataplaneException {
        long start = System.nanoTime();
        try {
            // Packets that began before the last flip may still be in the program: they read what is written next.
            sinceFlip.await();
            collect();
            WantedTable wanted = WantedTable.of(table, mirror, blocks, causes);
            requireRoom(wanted);
            blocks.allocate(wanted.newBlocks());
            int rowsWritten = writeSets(wanted);
            int addressesWritten = writeAddresses(wanted) + writeNetworks(wanted);
            flip(wanted);
            prefixesInForce = Networks.needed(table);
            return new Applied(addressesWritten, rowsWritten, mirror.rowsInForce(), System.nanoTime() - start);
        } catch (LinuxException e) {
            throw new DataplaneException(
                    "The kernel did not take a change of the table: " + e.getMessage()
                            + ". The table before this one stays in force; the next change tries again.",
                    e);
        } finally {
            causes.endOfChange();
        }
    }

    /** Deletes what the generation in force does not use. */
    private void collect() {
        int now = mirror.generation;
        mirror.sets.entrySet().removeIf(held -> {
            boolean dead = !mirror.setsInForce.contains(held.getValue());
            if (dead) {
                held.getKey().rows().keySet().forEach(row -> maps.rows().delete(held.getValue(), row));
            }
            return dead;
        });
        Set<Block> live = new HashSet<>();
        mirror.sets.keySet().forEach(set -> live.addAll(set.rows().values()));
        blocks.keepOnly(live);
        mirror.addresses.entrySet().removeIf(held -> {
            boolean dead = !held.getValue().in(now).present();
            if (dead) {
                maps.addresses().delete(held.getKey());
            }
            return dead;
        });
        mirror.networks.keySet().removeIf(prefix -> {
            boolean dead = !prefixesInForce.contains(prefix);
            if (dead) {
                maps.networks().delete(prefix);
            }
            return dead;
        });
    }

    private void requireRoom(WantedTable wanted) throws DataplaneException {
        int newRows = wanted.newSets().keySet().stream()
                .mapToInt(s -> s.rows().size())
                .sum();
        requireRoom("rows", maps.rows().map().maxEntries(), mirror.rows(), newRows, "rows");
        int newAddresses = (int) wanted.addresses().keySet().stream()
                .filter(ip -> !mirror.addresses.containsKey(ip))
                .count();
        requireRoom(
                "addresses", maps.addresses().map().maxEntries(), mirror.addresses.size(), newAddresses, "addresses");
        int newNetworks = (int) wanted.networks().keySet().stream()
                .filter(prefix -> !mirror.networks.containsKey(prefix))
                .count();
        requireRoom("networks", maps.networks().map().maxEntries(), mirror.networks.size(), newNetworks, "prefixes");
    }

    private static void requireRoom(String map, int size, int used, int more, String unit) throws DataplaneException {
        if (used + more > size) {
            throw Full.of(map, size, used, more, unit);
        }
    }

    private int writeSets(WantedTable wanted) {
        wanted.newBlocks().forEach(block -> maps.blocks().put(blocks.place(block), block));
        int rows = 0;
        for (Map.Entry<SetContent, Integer> set : wanted.newSets().entrySet()) {
            mirror.sets.put(set.getKey(), set.getValue());
            for (Map.Entry<SetContent.Row, Block> row : set.getKey().rows().entrySet()) {
                Block block = row.getValue();
                maps.rows().put(new RowMap.Entry(set.getValue(), row.getKey(), blocks.place(block), block.ranges()));
                rows++;
            }
        }
        return rows;
    }

    private int writeAddresses(WantedTable wanted) {
        int next = mirror.nextGeneration();
        int written = 0;
        Set<Ip> all = new HashSet<>(mirror.addresses.keySet());
        all.addAll(wanted.addresses().keySet());
        for (Ip ip : all) {
            Slots<Known> held = mirror.addresses.get(ip);
            Slots<Known> slots = (held == null ? new Slots<>(Known.ABSENT, Known.ABSENT) : held)
                    .with(next, wanted.addresses().getOrDefault(ip, Known.ABSENT));
            if (!slots.equals(held)) {
                maps.addresses().put(ip, slots);
                mirror.addresses.put(ip, slots);
                written++;
            }
        }
        return written;
    }

    private int writeNetworks(WantedTable wanted) {
        int written = 0;
        for (Map.Entry<Cidr, Slots<Net>> entry : wanted.networks().entrySet()) {
            if (!entry.getValue().equals(mirror.networks.get(entry.getKey()))) {
                maps.networks().put(entry.getKey(), entry.getValue());
                mirror.networks.put(entry.getKey(), entry.getValue());
                written++;
            }
        }
        return written;
    }

    private void flip(WantedTable wanted) {
        int next = mirror.nextGeneration();
        mirror.modes = mirror.modes.with(next, wanted.mode());
        maps.config().write(new Config(Layout.VERSION, mirror.generation, mirror.modes));
        // Processors with weak memory order must see all of it before they see the new generation.
        Rcu.orderWrites();
        maps.config().write(new Config(Layout.VERSION, next, mirror.modes));
        sinceFlip.begin();
        mirror.generation = next;
        mirror.setsInForce.clear();
        mirror.setsInForce.addAll(wanted.setsInForce());
    }
}
