package io.sluice.lab.probe;

import java.util.Set;

/**
 * How much is asked.
 *
 * @param families of addresses
 * @param ports only these numbers; empty for all
 * @param rulePorts whether ports are tried that rules name, beside those that pods have
 * @param nodes whether nodes are parties
 * @param world whether addresses beyond the cluster are parties
 * @param services whether virtual addresses are tried, DNS among them
 */
public record PlanOptions(
        Set<Family> families, Set<Integer> ports, boolean rulePorts, boolean nodes, boolean world, boolean services) {
    public static final PlanOptions EVERYTHING =
            new PlanOptions(Set.of(Family.values()), Set.of(), true, true, true, true);

    /** Pods to pods by their addresses, on their own ports. */
    public static final PlanOptions PODS =
            new PlanOptions(Set.of(Family.values()), Set.of(), false, false, false, false);

    public PlanOptions {
        families = Set.copyOf(families);
        ports = Set.copyOf(ports);
    }

    public PlanOptions only(Family family) {
        return new PlanOptions(Set.of(family), ports, rulePorts, nodes, world, services);
    }
}
