package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import java.util.List;

/**
 * What is judged for the pods that the same policies select, and on which the port names of their ingress rules mean
 * the same.
 *
 * @param id a meaning within one table only; {@link VerdictTable#NOTHING_SELECTS} has no policy
 * @param policies in the order of evaluation
 */
public record PolicySet(int id, List<Policy> policies, Side ingress, Side egress) {
    public PolicySet {
        policies = List.copyOf(policies);
    }

    /**
     * One direction. For most sets the node and the pod itself are spared altogether, and their rows say just that.
     *
     * @param other rows for every peer
     * @param ownNode rows for the node that the pod runs on, by that node's identity
     * @param self rows for the pod itself reached through a Service, by its own identity
     */
    public record Side(Rows other, Rows ownNode, Rows self) {
        public Rows rows(Relation relation) {
            return switch (relation) {
                case OTHER -> other;
                case OWN_NODE -> ownNode;
                case SELF -> self;
            };
        }

        public PortTable otherwise() {
            return other.otherwise();
        }
    }

    public Side side(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }
}
