package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Spared;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A policy ready to be put together with others. Another version of a policy is another entry.
 *
 * @param number no two entries share one
 * @param place its place in the snapshot
 * @param subject the number of the pods that it selects; {@link #NO_SUBJECT} where it says nothing of them
 * @param conditions the numbers of the pods that its conditional rules are about
 * @param features those that its rules ask for, as often as they do
 * @param causes how many it has
 */
record PolicyEntry(
        int number,
        int place,
        Policy policy,
        int subject,
        Optional<Compiled> ingress,
        Optional<Compiled> egress,
        BitSet conditions,
        int[] features,
        int causes) {
    static final int NO_SUBJECT = -1;

    static final Comparator<PolicyEntry> EVALUATION_ORDER =
            Comparator.comparing(PolicyEntry::policy, Policy.EVALUATION_ORDER);

    /** What a policy says about a direction. */
    record Compiled(
            Section section,
            List<Clause> inOrder,
            List<Clause> denials,
            List<Clause> permissions,
            boolean asksForOwnNode,
            Set<PortMatch.Named> names) {
        boolean spares(Relation relation) {
            return switch (relation) {
                case OTHER -> false;
                case SELF -> section.spares().contains(Spared.SELF);
                case OWN_NODE -> section.spares().contains(Spared.OWN_NODE);
            };
        }
    }

    Optional<Compiled> said(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }

    /** What it says about a direction that it speaks of. */
    Compiled about(Direction direction) {
        return said(direction).orElseThrow();
    }

    Set<PortMatch.Named> names(Direction direction) {
        return said(direction).map(Compiled::names).orElse(Set.of());
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return number;
    }
}
