package io.sluice.policy.table;

import io.sluice.policy.model.Pod;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Comparator;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;

/** The addresses of the pods, in order, so that those of a block are found. Not thread-safe. */
final class Addresses {
    private final TreeSet<Held> held =
            new TreeSet<>(Comparator.comparing(Held::ip).thenComparingInt(Held::slot));

    private record Held(Ip ip, int slot) {}

    void add(int slot, Pod pod) {
        pod.ips().forEach(ip -> held.add(new Held(ip, slot)));
    }

    void remove(int slot, Pod pod) {
        pod.ips().forEach(ip -> held.remove(new Held(ip, slot)));
    }

    /** Adds the pods that have an address in a block. */
    void addHolders(Cidr block, RoaringBitmap to) {
        for (Held each : held.subSet(
                new Held(block.base(), Integer.MIN_VALUE), true, new Held(block.last(), Integer.MAX_VALUE), true)) {
            if (block.contains(each.ip)) {
                to.add(each.slot);
            }
        }
    }
}
