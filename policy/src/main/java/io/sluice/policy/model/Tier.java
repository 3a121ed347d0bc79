package io.sluice.policy.model;

/**
 * A stage of evaluation. Tiers are asked in ascending order; the first that decides wins; if none does the connection
 * is allowed.
 *
 * @param combining how the policies of the tier are combined
 */
public record Tier(String name, double order, Combining combining) implements Comparable<Tier> {
    /** ClusterNetworkPolicy tier Admin, AdminNetworkPolicy. */
    public static final Tier ADMIN = new Tier("Admin", 1_000, Combining.FIRST_MATCH);

    /** networking.k8s.io/v1 NetworkPolicy: final for the directions it isolates. */
    public static final Tier NETWORK_POLICY = new Tier("NetworkPolicy", 1_000_000, Combining.DENY_OVERRIDES);

    /** ClusterNetworkPolicy tier Baseline, BaselineAdminNetworkPolicy. */
    public static final Tier BASELINE = new Tier("Baseline", 10_000_000, Combining.FIRST_MATCH);

    /** The combining algorithm, in XACML's sense. */
    public enum Combining {
        /** Policies by priority, rules in order; the first match decides, PASS leaves the tier. */
        FIRST_MATCH,
        /** Any DENY wins, else any ALLOW, else deny if a policy isolates the subject, else the next tier. */
        DENY_OVERRIDES
    }

    /**
     * Whether the rules that are particular to NetworkPolicy hold here: a pod is never kept from itself nor from its
     * own node ("traffic to and from the node where a Pod is running is always allowed").
     */
    public boolean sparesSelfAndOwnNode() {
        return combining == Combining.DENY_OVERRIDES;
    }

    @Override
    public int compareTo(Tier other) {
        int byOrder = Double.compare(order, other.order);
        return byOrder != 0 ? byOrder : name.compareTo(other.name);
    }
}
