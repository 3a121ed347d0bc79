package io.sluice.policy.table;

import io.sluice.policy.model.Peer;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * The address blocks of all policies. Every prefix and every exception starts a class; prefixes nest, so one walk in the
 * order of their first addresses with a stack of the open ones sees it all. What a walk finds out about a prefix is
 * kept for the next one. Not thread-safe.
 */
final class Networks {
    private final FeatureSets sets;
    private final SortedMap<Cidr, Change> v4 = new TreeMap<>();
    private final SortedMap<Cidr, Change> v6 = new TreeMap<>();
    private final List<Cidr> changed = new ArrayList<>();

    /** What begins and ends to hold at a prefix. */
    private static final class Change {
        final List<Integer> enters = new ArrayList<>();
        final List<Integer> leaves = new ArrayList<>();

        /** The class around the prefix when it was last seen, and the class inside that followed; -1 before that. */
        int around = -1;

        int inside;

        boolean isNothing() {
            return enters.isEmpty() && leaves.isEmpty();
        }
    }

    private record Open(Cidr prefix, int ofClass, int identity) {}

    Networks(FeatureSets sets) {
        this.sets = sets;
    }

    void add(int feature, Peer.Network block) {
        if (isEmpty(block)) {
            return;
        }
        change(block.cidr()).enters.add(feature);
        block.except().forEach(e -> change(e).leaves.add(feature));
        changed.add(block.cidr());
    }

    void remove(int feature, Peer.Network block) {
        if (isEmpty(block)) {
            return;
        }
        remove(block.cidr(), change(block.cidr()).enters, feature);
        block.except().forEach(e -> remove(e, change(e).leaves, feature));
        changed.add(block.cidr());
    }

    private static boolean isEmpty(Peer.Network block) {
        return block.except().stream().anyMatch(e -> e.contains(block.cidr()));
    }

    private SortedMap<Cidr, Change> family(Cidr prefix) {
        return prefix.isV4() ? v4 : v6;
    }

    private Change change(Cidr prefix) {
        Change change = family(prefix).computeIfAbsent(prefix, _ -> new Change());
        change.around = -1;
        return change;
    }

    private void remove(Cidr prefix, List<Integer> from, int feature) {
        from.remove((Integer) feature);
        if (change(prefix).isNothing()) {
            family(prefix).remove(prefix);
        }
    }

    /** The blocks whose addresses may be of another class than at the last walk. */
    List<Cidr> changed() {
        return changed;
    }

    /** @param identityOf a class: of an address that nobody holds */
    NetworkIndex walk(IntUnaryOperator identityOf) {
        changed.clear();
        NetworkIndex.Builder builder = new NetworkIndex.Builder();
        Map<Integer, Integer> identities = new HashMap<>();
        IntUnaryOperator once = c -> identities.computeIfAbsent(c, identityOf::applyAsInt);
        walk(v4, builder, once);
        walk(v6, builder, once);
        return builder.build();
    }

    private void walk(SortedMap<Cidr, Change> prefixes, NetworkIndex.Builder builder, IntUnaryOperator identityOf) {
        Deque<Open> open = new ArrayDeque<>();
        prefixes.forEach((prefix, change) -> {
            while (!open.isEmpty() && !open.element().prefix.contains(prefix)) {
                close(open, builder);
            }
            int around = open.isEmpty() ? FeatureSets.NONE : open.element().ofClass;
            if (change.around != around) {
                change.around = around;
                change.inside = sets.number(applied(sets.of(around), change));
            }
            int identity = identityOf.applyAsInt(change.inside);
            if (change.inside != around) {
                builder.prefix(prefix, identity);
            }
            open.push(new Open(prefix, change.inside, identity));
            builder.start(prefix.base(), prefix.isV4(), change.inside, identity);
        });
        while (!open.isEmpty()) {
            close(open, builder);
        }
    }

    private static void close(Deque<Open> open, NetworkIndex.Builder builder) {
        Ip last = open.remove().prefix.last();
        Ip next = new Ip(last.low() == -1 ? last.high() + 1 : last.high(), last.low() + 1);
        if (next.compareTo(last) > 0) {
            Open around = open.peek();
            builder.start(
                    next,
                    last.isV4(),
                    around == null ? FeatureSets.NONE : around.ofClass,
                    around == null ? VerdictTable.WORLD : around.identity);
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
}
