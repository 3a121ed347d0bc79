package io.sluice.policy.table;

import io.sluice.policy.model.Pod;

/**
 * What is known of a pod.
 *
 * @param slot its number among the pods; {@link #NO_SLOT} for one on its node's network, which is its node
 * @param order its place in the snapshot
 * @param peers the class of the peers that it is, in {@link FeatureSets}
 * @param selection the class of the subjects that it belongs to
 * @param meaning the number of what the port names of egress rules mean on it
 * @param identities of its addresses, in their order; one if it has none
 */
record PodEntry(int slot, Pod pod, long order, int peers, int selection, int meaning, int policySet, int[] identities) {
    static final int NO_SLOT = -1;

    /** One of which nothing is known yet. */
    static PodEntry of(int slot, Pod pod, long order) {
        return new PodEntry(
                slot, pod, order, FeatureSets.NONE, FeatureSets.NONE, 0, VerdictTable.NOTHING_SELECTS, new int[0]);
    }

    boolean hasOwnNetwork() {
        return slot != NO_SLOT;
    }

    /** Whether it was given its identities and its policy set. */
    boolean isKnown() {
        return identities.length > 0;
    }

    PodEntry with(Pod newPod) {
        return new PodEntry(slot, newPod, order, peers, selection, meaning, policySet, identities);
    }

    PodEntry withPeers(int newPeers) {
        return new PodEntry(slot, pod, order, newPeers, selection, meaning, policySet, identities);
    }

    PodEntry with(int newMeaning, int[] newIdentities) {
        return new PodEntry(slot, pod, order, peers, selection, newMeaning, policySet, newIdentities);
    }

    PodEntry selectedBy(int newSelection, int newSet) {
        return new PodEntry(slot, pod, order, peers, newSelection, meaning, newSet, identities);
    }
}
