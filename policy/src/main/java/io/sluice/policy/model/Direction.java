package io.sluice.policy.model;

/** Seen from the subject: ingress is judged at the destination, egress at the source. */
public enum Direction {
    INGRESS,
    EGRESS;

    @Override
    public String toString() {
        return this == INGRESS ? "ingress" : "egress";
    }
}
