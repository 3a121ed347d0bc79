package io.sluice.policy.model;

/** The answer for a connection or one of its directions. */
public enum Verdict {
    ALLOW,
    DENY;

    @Override
    public String toString() {
        return this == ALLOW ? "allow" : "deny";
    }
}
