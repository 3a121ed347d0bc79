package io.sluice.policy.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a policy says about one direction.
 *
 * @param isolates whether being selected is enough to be denied, at the end of the tier, what no rule of the tier decides
 *     (NetworkPolicy policyTypes, Cilium's default deny, a Calico tier's default action)
 * @param spares peers that are allowed before the policy's permissions and isolation count; in an ordered policy before
 *     all its rules
 * @param rules in the order of the text
 */
public record Section(Direction direction, boolean isolates, Set<Spared> spares, List<Rule> rules) {
    private static final Set<Spared> BOTH = Collections.unmodifiableSet(EnumSet.allOf(Spared.class));

    public Section {
        spares = Set.copyOf(spares);
        rules = List.copyOf(rules);
    }

    /** One that spares nobody. */
    public Section(Direction direction, boolean isolates, List<Rule> rules) {
        this(direction, isolates, Set.of(), rules);
    }

    /**
     * One of a NetworkPolicy: it isolates, and keeps no pod from itself nor from its own node ("traffic to and from the
     * node where a Pod is running is always allowed").
     */
    public static Section ofNetworkPolicy(Direction direction, List<Rule> rules) {
        return new Section(direction, true, BOTH, rules);
    }

    /** The same with other rules. */
    public Section with(List<Rule> others) {
        return new Section(direction, isolates, spares, others);
    }

    /** The same, isolating nobody. */
    public Section withoutIsolation() {
        return new Section(direction, false, spares, rules);
    }
}
