package io.sluice.policy.model;

/**
 * How a policy stands among those of its tier: the combining algorithm, in XACML's sense. Within a tier, policies come
 * by priority; of one priority, the ordered ones come before those that are combined.
 */
public enum Combining {
    /**
     * Rules in order; the first match decides and PASS leaves the tier. Which of two policies with one priority comes
     * first is left open by the API (ClusterNetworkPolicy, AdminNetworkPolicy); here it is the first by id.
     */
    FIRST_MATCH,
    /** The same, where policies with one priority come by their names (Calico). */
    FIRST_MATCH_BY_NAME,
    /**
     * All policies of one priority together: any DENY wins, else any ALLOW; there is no order among their rules
     * (NetworkPolicy, Cilium).
     */
    DENY_OVERRIDES;

    public boolean isOrdered() {
        return this != DENY_OVERRIDES;
    }
}
