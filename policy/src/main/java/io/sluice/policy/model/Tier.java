package io.sluice.policy.model;

/**
 * A stage of evaluation. Tiers are asked in ascending order; the first that decides wins; if none does the connection
 * is allowed. In a tier the policies decide by priority, combined as each says ({@link Combining}); what none of their
 * rules decides is denied where one of them isolates the subject.
 */
public record Tier(String name, double order) implements Comparable<Tier> {
    /** ClusterNetworkPolicy tier Admin, AdminNetworkPolicy, Calico's tier kube-admin. */
    public static final Tier ADMIN = new Tier("Admin", 1_000);

    /** networking.k8s.io/v1 NetworkPolicy: final for the directions it isolates. Cilium's policies, Calico's tier default. */
    public static final Tier NETWORK_POLICY = new Tier("NetworkPolicy", 1_000_000);

    /** ClusterNetworkPolicy tier Baseline, BaselineAdminNetworkPolicy, Calico's tier kube-baseline. */
    public static final Tier BASELINE = new Tier("Baseline", 10_000_000);

    @Override
    public int compareTo(Tier other) {
        int byOrder = Double.compare(order, other.order);
        return byOrder != 0 ? byOrder : name.compareTo(other.name);
    }
}
