package io.sluice.analysis.reach;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Sets of traffic by number. Equal sets have one number; products and sums are computed once. */
final class TrafficNumbers {
    static final int NONE = 0;
    static final int ALL = 1;

    private final List<Traffic> traffic = new ArrayList<>();
    private final Map<Traffic, Integer> numbers = new HashMap<>();
    private final Map<PortTable, Integer> ofTables = new IdentityHashMap<>();
    private final Map<Long, Integer> products = new HashMap<>();
    private final Map<Long, Integer> sums = new HashMap<>();

    TrafficNumbers() {
        number(Traffic.NONE);
        number(Traffic.ALL);
    }

    int number(Traffic set) {
        Integer known = numbers.get(set);
        if (known == null) {
            known = traffic.size();
            numbers.put(set, known);
            traffic.add(set);
        }
        return known;
    }

    int allowedBy(PortTable table) {
        Integer known = ofTables.get(table);
        if (known == null) {
            known = number(Traffic.allowedBy(table));
            ofTables.put(table, known);
        }
        return known;
    }

    Traffic of(int number) {
        return traffic.get(number);
    }

    int both(int a, int b) {
        if (a == NONE || b == NONE) {
            return NONE;
        }
        if (a == ALL || a == b) {
            return b;
        }
        if (b == ALL) {
            return a;
        }
        return products.computeIfAbsent(pair(a, b), _ -> number(of(a).and(of(b))));
    }

    int either(int a, int b) {
        if (a == NONE || b == ALL || a == b) {
            return b;
        }
        if (b == NONE || a == ALL) {
            return a;
        }
        return sums.computeIfAbsent(pair(a, b), _ -> number(of(a).or(of(b))));
    }

    private static long pair(int a, int b) {
        return (long) Math.min(a, b) << 32 | Math.max(a, b);
    }
}
