package io.sluice.policy.table;

import io.sluice.policy.model.Change;
import io.sluice.policy.model.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * A verdict table that keeps up with its cluster: it takes changes and does the work that they make necessary, not that
 * of a new table. After any changes its table answers exactly what {@link VerdictTable#of} the snapshot after them would.
 *
 * <p>One thread at a time makes changes. Each time, a new {@link VerdictTable} is made that shares what did not change
 * with the one before; tables are immutable, so a reader on any thread sees the state before or after the changes, for
 * as long as it keeps the table, and never a mixture.
 *
 * <p>Numbers of identities and policy sets mean the same in the tables before and after a change, for those that both
 * have. When most numbers are out of use all are given anew, which is a full build; {@link #restarts} counts them.
 */
public final class LiveTable {
    private Engine engine;
    private volatile VerdictTable table;
    private int restarts;

    private LiveTable(Snapshot snapshot) {
        engine = new Engine(snapshot);
        table = engine.settle(Optional.of(snapshot));
    }

    /** One for a cluster as it is now. */
    public static LiveTable of(Snapshot snapshot) {
        return new LiveTable(snapshot);
    }

    /** The table after the last changes; for any thread. */
    public VerdictTable table() {
        return table;
    }

    /** How often all numbers were given anew. */
    public int restarts() {
        return restarts;
    }

    public VerdictTable apply(Change change) {
        return apply(List.of(change));
    }

    /**
     * Makes changes, one after the other, which readers see all at once.
     *
     * @return the table after them
     * @throws IllegalArgumentException if one of them cannot be made; then none is
     */
    public synchronized VerdictTable apply(List<Change> changes) {
        try {
            changes.forEach(engine::make);
        } catch (IllegalArgumentException refused) {
            engine = new Engine(table.snapshot());
            table = engine.settle(Optional.of(table.snapshot()));
            throw refused;
        }
        VerdictTable next = engine.settle(Optional.empty());
        if (engine.isStale()) {
            Snapshot now = next.snapshot();
            engine = new Engine(now);
            next = engine.settle(Optional.of(now));
            restarts++;
        }
        table = next;
        return next;
    }
}
