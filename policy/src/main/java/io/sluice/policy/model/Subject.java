package io.sluice.policy.model;

/**
 * The pods that a policy is applied to; host-network pods never are.
 *
 * @param namespaces for a namespaced policy, its own
 */
public record Subject(NamespaceMatch namespaces, Selector pods) {}
