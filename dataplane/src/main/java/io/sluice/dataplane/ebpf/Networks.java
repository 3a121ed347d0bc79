package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.ebpf.NetworkMap.Net;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** What every prefix of the trie says in both generations, also in the one that does not know the prefix. */
final class Networks {
    /** Keeps IPv6 prefixes such as {@code ::/0} from holding IPv4 addresses, which are mapped into their space. */
    private static final Cidr ALL_V4 = new Cidr(Ip.v4(0), 0);

    private Networks() {}

    /** The slots of all prefixes that are in the trie or have to be: the generation in force, and the wanted one. */
    static Map<Cidr, Slots<Net>> wanted(NodeTable table, Map<Integer, Integer> identities, Mirror mirror) {
        Map<Cidr, Integer> identityOf = new HashMap<>();
        table.networks().forEach(n -> identityOf.put(n.prefix(), identities.getOrDefault(n.identity(), Layout.WORLD)));
        Set<Cidr> podRanges = new HashSet<>(table.podRanges());
        Set<Cidr> all = new HashSet<>(identityOf.keySet());
        all.addAll(podRanges);
        all.add(ALL_V4);
        all.addAll(mirror.networks.keySet());

        Map<Cidr, Net> before = inherit(all, (prefix, outer) -> {
            Slots<Net> slots = mirror.networks.get(prefix);
            return slots == null ? outer : slots.in(mirror.generation);
        });
        Map<Cidr, Net> after = inherit(
                all,
                (prefix, outer) -> new Net(
                        identityOf.getOrDefault(prefix, outer.identity()),
                        outer.podRange() || podRanges.contains(prefix)));
        Map<Cidr, Slots<Net>> slots = new TreeMap<>();
        for (Cidr prefix : all) {
            Net old = before.getOrDefault(prefix, Net.WORLD);
            slots.put(
                    prefix, new Slots<>(old, old).with(mirror.nextGeneration(), after.getOrDefault(prefix, Net.WORLD)));
        }
        return slots;
    }

    /** Whether the table itself needs the prefix, now that it is in force. */
    static Set<Cidr> needed(NodeTable table) {
        Set<Cidr> needed = new HashSet<>(table.podRanges());
        table.networks().forEach(n -> needed.add(n.prefix()));
        needed.add(ALL_V4);
        return needed;
    }

    /** Computes each prefix from what the next larger one of the collection got; families do not mix. */
    private static Map<Cidr, Net> inherit(Collection<Cidr> prefixes, BiFunction<Cidr, Net, Net> meaning) {
        Map<Cidr, Net> all = new HashMap<>();
        for (boolean v4 : new boolean[] {true, false}) {
            Deque<Cidr> outer = new ArrayDeque<>();
            for (Cidr prefix : new TreeSet<>(prefixes)) {
                if (prefix.isV4() != v4) {
                    continue;
                }
                while (!outer.isEmpty() && !outer.peek().contains(prefix)) {
                    outer.pop();
                }
                Net inherited = outer.isEmpty() ? Net.WORLD : all.getOrDefault(outer.peek(), Net.WORLD);
                all.put(prefix, meaning.apply(prefix, inherited));
                outer.push(prefix);
            }
        }
        return all;
    }
}
