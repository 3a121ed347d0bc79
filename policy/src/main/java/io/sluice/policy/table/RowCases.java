package io.sluice.policy.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** The peers that a program tells apart, one identity for each kind. */
final class RowCases {
    private final LiveIdentities live;
    private final Partition combinations;

    private record Kind(int combination, int meaning) {}

    RowCases(VerdictTable table) {
        live = table.live();
        combinations = new Partition(live.count());
    }

    /**
     * The kind that no peer is about is represented too.
     *
     * @param candidates the identities that come into question
     */
    List<Removals.Case> of(Program program, IntPredicate candidates) {
        boolean names = program.asksForNames();
        RoaringBitmap concerned = names ? live.withNames().clone() : new RoaringBitmap();
        program.features().stream().forEach(feature -> {
            combinations.split(feature, live.having(feature));
            concerned.or(live.having(feature));
        });
        Map<Kind, Removals.Case> cases = new LinkedHashMap<>();
        IntIterator each = concerned.getIntIterator();
        while (each.hasNext()) {
            int id = each.next();
            if (candidates.test(id)) {
                Kind kind = new Kind(
                        combinations.classOf(id),
                        names ? live.registry().get(id).meaning() : 0);
                cases.computeIfAbsent(
                        kind,
                        k -> new Removals.Case(
                                features(k.combination), live.registry().names(k.meaning), id));
            }
        }
        combinations.forget(concerned);
        List<Removals.Case> all = new ArrayList<>(cases.values());
        for (int id = 0; id < live.count(); id++) {
            if (!concerned.contains(id) && candidates.test(id)) {
                all.add(new Removals.Case(new BitSet(), Map.of(), id));
                break;
            }
        }
        return all;
    }

    private BitSet features(int combination) {
        BitSet features = new BitSet();
        for (int feature : combinations.features(combination)) {
            features.set(feature);
        }
        return features;
    }
}
