package io.sluice.policy.table;

import io.sluice.policy.model.Node;

/**
 * What is known of a node.
 *
 * @param listed whether the snapshot lists it; else a pod on its network proves it to exist
 * @param labels the class of the peers that it is by its labels
 * @param identities of its addresses and of those of the pods on its network
 */
record NodeEntry(Node node, boolean listed, int labels, int[] identities) {}
