package io.sluice.policy.table;

/** What a peer is to the pod that is judged, beyond its identity. */
public enum Relation {
    OTHER,
    /** The node that the pod runs on. */
    OWN_NODE,
    /** The pod itself, reached through a Service. */
    SELF
}
