package io.sluice.policy.model;

/** What a matching rule does. PASS ends its tier without a decision; LOG decides nothing, and the next rule is read. */
public enum Action {
    ALLOW,
    DENY,
    PASS,
    LOG
}
