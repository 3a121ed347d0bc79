package io.sluice.policy.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one direction of a policy set says to each peer identity. */
public final class Rows {
    private final PortTable otherwise;
    private final int[] identities;
    private final PortTable[] tables;
    private final Program program;

    /** @param identities ascending, with their tables beside them */
    Rows(PortTable otherwise, int[] identities, List<PortTable> tables, Program program) {
        this.otherwise = otherwise;
        this.identities = identities;
        this.tables = tables.toArray(PortTable[]::new);
        this.program = program;
    }

    /** For every identity without a table of its own, and always for one that no peer of a rule is about. */
    public PortTable otherwise() {
        return otherwise;
    }

    public PortTable of(int identity) {
        int at = Arrays.binarySearch(identities, identity);
        return at < 0 ? otherwise : tables[at];
    }

    /** The identities whose table differs from {@link #otherwise}, ascending. */
    public Map<Integer, PortTable> byPeer() {
        Map<Integer, PortTable> out = LinkedHashMap.newLinkedHashMap(identities.length);
        for (int i = 0; i < identities.length; i++) {
            out.put(identities[i], tables[i]);
        }
        return Collections.unmodifiableMap(out);
    }

    Program program() {
        return program;
    }
}
