package io.sluice.policy.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** The peers that a program tells apart, one identity for each kind. */
final class RowCases {
    private final VerdictTable table;
    private final LiveIdentities live;
    private final Partition combinations;

    private record Kind(int combination, int meaning) {}

    RowCases(VerdictTable table) {
        this.table = table;
        live = table.live();
        combinations = new Partition(live.count());
    }

    /** Those that can stand in a relation to a pod; the kind that no peer is about is represented too. */
    List<Removals.Case> of(Program program, Relation relation) {
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
            if (canBe(id, relation)) {
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
            if (!concerned.contains(id) && canBe(id, relation)) {
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

    private boolean canBe(int identity, Relation relation) {
        Signature.Holder holder = table.identities().get(identity).signature().holder();
        return switch (relation) {
            case OTHER -> true;
            case OWN_NODE -> holder == Signature.Holder.NODE;
            case SELF -> holder == Signature.Holder.POD;
        };
    }
}
