package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import java.util.List;

/**
 * A policy set without its rows, which are made when they are asked for.
 *
 * @param policies in the order of evaluation
 */
record SetCore(List<Policy> policies, Side ingress, Side egress) {
    /** One direction; see {@link PolicySet.Side}. */
    record Side(RowSource other, RowSource ownNode, RowSource self) {
        RowSource source(Relation relation) {
            return switch (relation) {
                case OTHER -> other;
                case OWN_NODE -> ownNode;
                case SELF -> self;
            };
        }
    }

    Side side(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }
}
