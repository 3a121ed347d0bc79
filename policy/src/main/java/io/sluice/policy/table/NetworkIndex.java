package io.sluice.policy.table;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * All addresses, told apart by the address blocks that hold them: each has the class of its longest prefix, and the
 * identity of an address of that class that nobody holds. Immutable.
 */
final class NetworkIndex {
    private final Ranges v4;
    private final Ranges v6;
    private final Cidr[] prefixes;
    private final int[] prefixIdentities;

    private NetworkIndex(Ranges v4, Ranges v6, Cidr[] prefixes, int[] prefixIdentities) {
        this.v4 = v4;
        this.v6 = v6;
        this.prefixes = prefixes;
        this.prefixIdentities = prefixIdentities;
    }

    int classOf(Ip ip) {
        Ranges ranges = ip.isV4() ? v4 : v6;
        int at = ranges.indexOf(ip);
        return at < 0 ? FeatureSets.NONE : ranges.ofClass[at];
    }

    /** The identity of an address that neither a pod nor a node holds. */
    int identityOf(Ip ip) {
        Ranges ranges = ip.isV4() ? v4 : v6;
        int at = ranges.indexOf(ip);
        return at < 0 ? VerdictTable.WORLD : ranges.identity[at];
    }

    /** The identity of each prefix that is not of the class of the prefix around it. */
    Map<Cidr, Integer> prefixes() {
        Map<Cidr, Integer> out = LinkedHashMap.newLinkedHashMap(prefixes.length);
        for (int i = 0; i < prefixes.length; i++) {
            out.put(prefixes[i], prefixIdentities[i]);
        }
        return out;
    }

    /** All identities of addresses that nobody holds, the one outside of all blocks included. */
    Set<Integer> identities() {
        Set<Integer> all = new HashSet<>();
        all.add(VerdictTable.WORLD);
        for (int identity : v4.identity) {
            all.add(identity);
        }
        for (int identity : v6.identity) {
            all.add(identity);
        }
        for (int identity : prefixIdentities) {
            all.add(identity);
        }
        return all;
    }

    /** Ascending first addresses of one family, each with what holds up to the next. */
    private record Ranges(long[] high, long[] low, int[] ofClass, int[] identity) {
        /** The last that does not start after the address; -1 if there is none. */
        int indexOf(Ip ip) {
            int below = 0;
            int above = high.length;
            while (below < above) {
                int middle = (below + above) >>> 1;
                int order = Long.compareUnsigned(high[middle], ip.high());
                if (order < 0 || order == 0 && Long.compareUnsigned(low[middle], ip.low()) <= 0) {
                    below = middle + 1;
                } else {
                    above = middle;
                }
            }
            return below - 1;
        }
    }

    /** The ranges of one family being gathered, in ascending order. */
    private static final class Gathering {
        private long[] high = new long[64];
        private long[] low = new long[64];
        private int[] ofClass = new int[64];
        private int[] identity = new int[64];
        private int count;

        void start(Ip first, int newClass, int newIdentity) {
            if (count > 0 && high[count - 1] == first.high() && low[count - 1] == first.low()) {
                count--;
            } else if (count == high.length) {
                high = Arrays.copyOf(high, count * 2);
                low = Arrays.copyOf(low, count * 2);
                ofClass = Arrays.copyOf(ofClass, count * 2);
                identity = Arrays.copyOf(identity, count * 2);
            }
            high[count] = first.high();
            low[count] = first.low();
            ofClass[count] = newClass;
            identity[count++] = newIdentity;
        }

        Ranges done() {
            return new Ranges(
                    Arrays.copyOf(high, count),
                    Arrays.copyOf(low, count),
                    Arrays.copyOf(ofClass, count),
                    Arrays.copyOf(identity, count));
        }
    }

    /** Takes the ranges and prefixes in the order of their first addresses. */
    static final class Builder {
        private final Gathering v4 = new Gathering();
        private final Gathering v6 = new Gathering();
        private Cidr[] prefixes = new Cidr[64];
        private int[] identities = new int[64];
        private int count;

        /** From this address of a family on. */
        void start(Ip first, boolean ofV4, int newClass, int identity) {
            (ofV4 ? v4 : v6).start(first, newClass, identity);
        }

        void prefix(Cidr prefix, int identity) {
            if (count == prefixes.length) {
                prefixes = Arrays.copyOf(prefixes, count * 2);
                identities = Arrays.copyOf(identities, count * 2);
            }
            prefixes[count] = prefix;
            identities[count++] = identity;
        }

        NetworkIndex build() {
            return new NetworkIndex(
                    v4.done(), v6.done(), Arrays.copyOf(prefixes, count), Arrays.copyOf(identities, count));
        }
    }
}
