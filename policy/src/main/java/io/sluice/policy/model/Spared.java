package io.sluice.policy.model;

/** Whom a policy never keeps its subject from, short of a DENY rule that comes before. */
public enum Spared {
    /** The pod itself, reached through a Service: "a Pod cannot block access to itself". */
    SELF,
    /** The node that the pod runs on. */
    OWN_NODE
}
