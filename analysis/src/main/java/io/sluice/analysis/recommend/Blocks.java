package io.sluice.analysis.recommend;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Addresses to blocks: those that lie in one block of the bound's length become the smallest block around them. */
public final class Blocks {
    private Blocks() {}

    /**
     * How far addresses may be taken together.
     *
     * @param v4 the shortest prefix, 0 to 32; 32 for every address by itself
     * @param v6 the same for IPv6, 0 to 128
     */
    public record Bound(int v4, int v6) {
        int of(Ip ip) {
            return ip.isV4() ? v4 : v6;
        }
    }

    static List<Cidr> around(Collection<Ip> addresses, Bound bound) {
        Map<Cidr, List<Ip>> groups = new TreeMap<>();
        for (Ip ip : new TreeSet<>(addresses)) {
            groups.computeIfAbsent(new Cidr(ip, bound.of(ip)), _ -> new ArrayList<>())
                    .add(ip);
        }
        return groups.values().stream()
                .map(group -> smallest(group.getFirst(), group.getLast()))
                .toList();
    }

    private static Cidr smallest(Ip first, Ip last) {
        int length = first.bits();
        Cidr block = new Cidr(first, length);
        while (!block.contains(last)) {
            block = new Cidr(first, --length);
        }
        return block;
    }
}
