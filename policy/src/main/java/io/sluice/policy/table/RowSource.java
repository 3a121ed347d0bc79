package io.sluice.policy.table;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * A program with the results that were asked for. Neither a program nor an identity ever changes, so a result that is
 * known holds for good, in whichever table. Peers of which the program asks the same features get the same result.
 * Thread-safe.
 */
final class RowSource extends TableMemo {
    private final Program program;
    private final Tables tables;
    private final boolean asksForNames;
    private final int[] features;
    private final FeatureTable asked;

    /** That of {@link #asked}: with that of a peer it mostly tells by itself that the peer is nothing to the program. */
    private final long sketch;

    private final Map<Case, PortTable> cases = new ConcurrentHashMap<>();
    private volatile @Nullable PortTable otherwise;

    /** Those of {@link #otherwise}, known here because most decisions end with them; unknown first. */
    private volatile PortTable.@Nullable Verdicts usual;

    private volatile @Nullable Compiled latest;

    /** Peers that the program cannot tell apart. */
    private record Case(Ints features, int meaning) {}

    /** The results for all identities of a table, with the bitmaps that they follow from. */
    record Compiled(RoaringBitmap[] from, int[] identities, PortTable[] rows) {}

    RowSource(Program program, Tables tables) {
        this.program = program;
        this.tables = tables;
        asksForNames = program.asksForNames();
        features = program.features().stream().toArray();
        asked = new FeatureTable(features);
        sketch = asked.sketch();
    }

    Program program() {
        return program;
    }

    PortTable otherwise() {
        PortTable table = otherwise;
        if (table == null) {
            table = tables.of(program.run(new BitSet(), Map.of()));
            otherwise = table;
            usual = table.verdicts();
        }
        return table;
    }

    PortTable of(int identity, IdentityRegistry identities) {
        return of(identities.get(identity), identity);
    }

    /** Most peers are nothing to a program: that is found out without a memory of each of them. */
    PortTable of(IdentityEntry entry, int identity) {
        return isNothingTo(entry) ? otherwise() : remembered(entry, identity);
    }

    private PortTable remembered(IdentityEntry entry, int identity) {
        PortTable table = known(identity);
        if (table == null) {
            table = found(entry);
            remember(identity, table);
        }
        return table;
    }

    /**
     * Whether the table of a peer allows some traffic.
     *
     * @param peerSketch that of the peer's features
     */
    boolean allows(IdentityEntry entry, int identity, long peerSketch, int trafficKey) {
        if ((sketch & peerSketch) == 0 && !asksForNames || isNothingTo(entry)) {
            PortTable.Verdicts all = usual;
            return all == PortTable.Verdicts.ALL_ALLOW
                    || all != PortTable.Verdicts.ALL_DENY && otherwise().allows(trafficKey);
        }
        return remembered(entry, identity).allows(trafficKey);
    }

    /** For an address that may have no identity. */
    PortTable of(IdentityEntry entry) {
        return isNothingTo(entry) ? otherwise() : found(entry);
    }

    private PortTable found(IdentityEntry entry) {
        return asksForNames
                ? of(new Case(new Ints(entry.among(asked)), entry.meaning()), entry.names())
                : of(new Case(new Ints(entry.among(asked)), 0), Map.of());
    }

    private boolean isNothingTo(IdentityEntry entry) {
        return !(asksForNames && entry.meaning() != 0) && !asked.meets(entry.features());
    }

    private PortTable of(Case one, Map<PortMatch.Named, Set<TrafficRange>> names) {
        PortTable table = cases.get(one);
        if (table == null) {
            BitSet has = new BitSet();
            for (int feature : one.features.numbers()) {
                has.set(feature);
            }
            table = tables.of(program.run(has, names));
            cases.put(one, table);
        }
        return table;
    }

    /** The identities of a table whose row differs from {@link #otherwise}, with their rows. */
    Compiled compiled(LiveIdentities live) {
        RoaringBitmap[] from = new RoaringBitmap[features.length + (asksForNames ? 1 : 0)];
        for (int i = 0; i < features.length; i++) {
            from[i] = live.having(features[i]);
        }
        if (asksForNames) {
            from[features.length] = live.withNames();
        }
        Compiled known = latest;
        if (known == null || !same(known.from, from)) {
            known = compile(from, live);
            latest = known;
        }
        return known;
    }

    private static boolean same(RoaringBitmap[] one, RoaringBitmap[] other) {
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        return true;
    }

    private Compiled compile(RoaringBitmap[] from, LiveIdentities live) {
        RoaringBitmap concerned = RoaringBitmap.or(from);
        Partition combinations = new Partition(concerned.isEmpty() ? 0 : concerned.last() + 1);
        for (int i = 0; i < features.length; i++) {
            combinations.split(features[i], from[i]);
        }
        Map<Long, PortTable> known = new HashMap<>();
        int[] identities = new int[concerned.getCardinality()];
        List<PortTable> rows = new ArrayList<>();
        IntIterator each = concerned.getIntIterator();
        PortTable common = otherwise();
        while (each.hasNext()) {
            int identity = each.next();
            IdentityEntry entry = live.registry().get(identity);
            int meaning = asksForNames ? entry.meaning() : 0;
            long combination = combinations.classOf(identity);
            PortTable table = known.computeIfAbsent(
                    combination << 32 | meaning,
                    _ -> of(new Case(new Ints(combinations.features((int) combination)), meaning), entry.names()));
            if (table != common) {
                identities[rows.size()] = identity;
                rows.add(table);
            }
        }
        return new Compiled(from, Arrays.copyOf(identities, rows.size()), rows.toArray(PortTable[]::new));
    }
}
