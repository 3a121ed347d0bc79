package io.sluice.policy.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one direction of a policy set says to each peer identity. Immutable; rows are made when they are asked for. */
public final class Rows {
    private final RowSource source;
    private final LiveIdentities live;

    Rows(RowSource source, LiveIdentities live) {
        this.source = source;
        this.live = live;
    }

    /** For every identity without a table of its own, and always for one that no peer of a rule is about. */
    public PortTable otherwise() {
        return source.otherwise();
    }

    public PortTable of(int identity) {
        return source.of(identity, live.registry());
    }

    /** The identities whose table differs from {@link #otherwise}, ascending. */
    public Map<Integer, PortTable> byPeer() {
        RowSource.Compiled compiled = source.compiled(live);
        Map<Integer, PortTable> out = LinkedHashMap.newLinkedHashMap(compiled.identities().length);
        for (int i = 0; i < compiled.identities().length; i++) {
            out.put(compiled.identities()[i], compiled.rows()[i]);
        }
        return Collections.unmodifiableMap(out);
    }

    Program program() {
        return source.program();
    }
}
