package io.sluice.policy.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The port tables of programs' results: equal ones are one object. Thread-safe. */
final class Tables {
    private final RuleBook rules;
    private final ConcurrentHashMap<Ints, PortTable> known = new ConcurrentHashMap<>();

    Tables(RuleBook rules) {
        this.rules = rules;
    }

    /** @param pieces a result of {@link Program#run} */
    PortTable of(int[] pieces) {
        Ints key = new Ints(pieces);
        PortTable table = known.get(key);
        return table != null ? table : known.computeIfAbsent(key, k -> make(k.numbers()));
    }

    private PortTable make(int[] pieces) {
        List<PortTable.Entry> entries = new ArrayList<>(pieces.length / 2);
        for (int i = 0; i < pieces.length; i += 2) {
            entries.add(new PortTable.Entry(pieces[i], rules.cause(pieces[i + 1])));
        }
        return new PortTable(entries);
    }
}
