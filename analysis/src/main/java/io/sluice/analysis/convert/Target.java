package io.sluice.analysis.convert;

import java.util.Locale;

/** What policies are converted to. */
public enum Target {
    /** ClusterNetworkPolicy v1alpha2, from AdminNetworkPolicy and BaselineAdminNetworkPolicy v1alpha1. */
    CLUSTER_NETWORK_POLICY,
    /** networking.k8s.io/v1 NetworkPolicy, from Cilium's and Calico's. */
    NETWORK_POLICY,
    /** cilium.io/v2 CiliumNetworkPolicy, from NetworkPolicy and Calico's. */
    CILIUM,
    /** projectcalico.org/v3 NetworkPolicy, from NetworkPolicy and Cilium's. */
    CALICO;

    /** As a user types it: {@code cluster-network-policy}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
