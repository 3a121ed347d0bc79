package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import java.util.List;

/** A policy set without its rows, which are made when they are asked for. Immutable. */
final class SetCore {
    static final int RELATIONS = Relation.values().length;

    private final List<Policy> policies;
    private final RowSource[] sources;

    /**
     * @param policies in the order of evaluation
     * @param sources by direction and then by relation; not to be changed afterwards
     */
    SetCore(List<Policy> policies, RowSource[] sources) {
        this.policies = policies;
        this.sources = sources;
    }

    List<Policy> policies() {
        return policies;
    }

    RowSource source(Direction direction, Relation relation) {
        return sources[direction.ordinal() * RELATIONS + relation.ordinal()];
    }
}
