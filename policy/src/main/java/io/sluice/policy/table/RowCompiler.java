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
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Runs programs for all identities. Only identities that some peer of the program is about are looked at, and of those
 * only one for each combination of peers: the others get the same table. Equal tables are one object.
 */
final class RowCompiler {
    private final RuleBook rules;
    private final Endpoints endpoints;
    private final RoaringBitmap[] byFeature;
    private final RoaringBitmap withNames = new RoaringBitmap();
    private final Partition combinations;
    private final Map<Ints, PortTable> tables = new HashMap<>();

    private record Case(int combination, int meaning) {}

    RowCompiler(RuleBook rules, Endpoints endpoints) {
        this.rules = rules;
        this.endpoints = endpoints;
        byFeature = endpoints.identitiesByFeature();
        combinations = new Partition(endpoints.count());
        for (int id = 0; id < endpoints.count(); id++) {
            if (endpoints.meaningOf(id) != 0) {
                withNames.add(id);
            }
        }
    }

    Rows compile(Program program) {
        PortTable otherwise = table(program.run(new BitSet(), Map.of()));
        boolean names = program.asksForNames();
        RoaringBitmap concerned = names ? withNames.clone() : new RoaringBitmap();
        program.features().stream().forEach(feature -> {
            combinations.split(feature, byFeature[feature]);
            concerned.or(byFeature[feature]);
        });
        Map<Case, PortTable> cases = new HashMap<>();
        int[] identities = new int[concerned.getCardinality()];
        List<PortTable> found = new ArrayList<>();
        IntIterator each = concerned.getIntIterator();
        while (each.hasNext()) {
            int id = each.next();
            Case one = new Case(combinations.classOf(id), names ? endpoints.meaningOf(id) : 0);
            PortTable table = cases.computeIfAbsent(one, c -> run(program, c));
            if (table != otherwise) {
                identities[found.size()] = id;
                found.add(table);
            }
        }
        combinations.forget(concerned);
        return new Rows(otherwise, Arrays.copyOf(identities, found.size()), found, program);
    }

    private PortTable run(Program program, Case one) {
        BitSet features = new BitSet();
        for (int feature : combinations.features(one.combination)) {
            features.set(feature);
        }
        return table(program.run(features, endpoints.meaning(one.meaning)));
    }

    private PortTable table(int[] pieces) {
        return tables.computeIfAbsent(new Ints(pieces), _ -> table(rules, pieces));
    }

    /** The table of a program's result. */
    static PortTable table(RuleBook rules, int[] pieces) {
        List<PortTable.Entry> entries = new ArrayList<>();
        for (int i = 0; i < pieces.length; i += 2) {
            entries.add(new PortTable.Entry(pieces[i], rules.cause(pieces[i + 1])));
        }
        return new PortTable(entries);
    }

    /** The table for a peer that has no identity. */
    static PortTable table(
            RuleBook rules, Program program, BitSet features, Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        return table(rules, program.run(features, meaning));
    }
}
