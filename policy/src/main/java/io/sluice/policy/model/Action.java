package io.sluice.policy.model;

/** What a matching rule does. PASS ends its tier without a decision. */
public enum Action {
    ALLOW,
    DENY,
    PASS
}
