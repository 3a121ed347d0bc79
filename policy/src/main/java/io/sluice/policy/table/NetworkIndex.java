package io.sluice.policy.table;

import io.sluice.policy.model.Peer;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All addresses, told apart by the address blocks that hold them. Every prefix and every exception that a policy names
 * starts a class; the class of an address is that of its longest prefix. Classes are numbered from 0, the addresses in
 * no block.
 */
final class NetworkIndex {
    static final int OUTSIDE = 0;

    private final List<int[]> features = new ArrayList<>();
    private final Map<Ints, Integer> classes = new HashMap<>();
    private final Map<Cidr, Integer> prefixes = new LinkedHashMap<>();
    private final Ranges v4;
    private final Ranges v6;

    private static final class Change {
        final List<Integer> enters = new ArrayList<>();
        final List<Integer> leaves = new ArrayList<>();
    }

    private record Open(Cidr prefix, int ofClass) {}

    /** @param blocks by feature number */
    NetworkIndex(Map<Integer, List<Peer.Network>> blocks) {
        classFor(new int[0]);
        SortedMap<Cidr, Change> changes = new TreeMap<>();
        blocks.forEach((feature, all) -> all.forEach(block -> {
            if (block.except().stream().noneMatch(e -> e.contains(block.cidr()))) {
                changes.computeIfAbsent(block.cidr(), _ -> new Change()).enters.add(feature);
                block.except()
                        .forEach(e -> changes.computeIfAbsent(e, _ -> new Change())
                                .leaves
                                .add(feature));
            }
        }));
        v4 = sweep(changes, true);
        v6 = sweep(changes, false);
    }

    /** Prefixes nest, so one walk in the order of their first addresses with a stack of the open ones sees it all. */
    private Ranges sweep(SortedMap<Cidr, Change> changes, boolean family4) {
        Ranges ranges = new Ranges();
        Deque<Open> open = new ArrayDeque<>();
        changes.forEach((prefix, change) -> {
            if (prefix.isV4() == family4) {
                while (!open.isEmpty() && !open.element().prefix.contains(prefix)) {
                    close(open, ranges);
                }
                int around = open.isEmpty() ? OUTSIDE : open.element().ofClass;
                int inside = classFor(applied(features.get(around), change));
                if (inside != around) {
                    prefixes.put(prefix, inside);
                }
                open.push(new Open(prefix, inside));
                ranges.start(prefix.base(), inside);
            }
        });
        while (!open.isEmpty()) {
            close(open, ranges);
        }
        return ranges;
    }

    private static void close(Deque<Open> open, Ranges ranges) {
        Ip last = open.remove().prefix.last();
        Ip next = new Ip(last.low() == -1 ? last.high() + 1 : last.high(), last.low() + 1);
        if (next.compareTo(last) > 0) {
            ranges.start(next, open.isEmpty() ? OUTSIDE : open.element().ofClass);
        }
    }

    private static int[] applied(int[] before, Change change) {
        TreeSet<Integer> after = new TreeSet<>();
        for (int feature : before) {
            after.add(feature);
        }
        change.leaves.forEach(after::remove);
        after.addAll(change.enters);
        return after.stream().mapToInt(Integer::intValue).toArray();
    }

    private int classFor(int[] blocks) {
        return classes.computeIfAbsent(new Ints(blocks), _ -> {
            features.add(blocks);
            return features.size() - 1;
        });
    }

    /** How many classes there are; some hold no address. */
    int count() {
        return features.size();
    }

    int classOf(Ip ip) {
        return (ip.isV4() ? v4 : v6).classOf(ip);
    }

    /** The blocks of a class, by feature number, ascending. */
    int[] features(int ofClass) {
        return features.get(ofClass);
    }

    /** The class of each prefix that is not that of the prefix around it. */
    Map<Cidr, Integer> prefixes() {
        return prefixes;
    }

    /** Ascending first addresses of one family, each with the class that holds up to the next. */
    private static final class Ranges {
        private long[] high = new long[8];
        private long[] low = new long[8];
        private int[] ofClass = new int[8];
        private int count;

        void start(Ip first, int newClass) {
            if (count > 0 && high[count - 1] == first.high() && low[count - 1] == first.low()) {
                ofClass[count - 1] = newClass;
                return;
            }
            if (count == high.length) {
                high = Arrays.copyOf(high, count * 2);
                low = Arrays.copyOf(low, count * 2);
                ofClass = Arrays.copyOf(ofClass, count * 2);
            }
            high[count] = first.high();
            low[count] = first.low();
            ofClass[count++] = newClass;
        }

        int classOf(Ip ip) {
            int below = 0;
            int above = count;
            while (below < above) {
                int middle = (below + above) >>> 1;
                int order = Long.compareUnsigned(high[middle], ip.high());
                if (order < 0 || order == 0 && Long.compareUnsigned(low[middle], ip.low()) <= 0) {
                    below = middle + 1;
                } else {
                    above = middle;
                }
            }
            return below == 0 ? OUTSIDE : ofClass[below - 1];
        }
    }
}
