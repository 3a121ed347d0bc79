package io.sluice.manifests;

import io.sluice.policy.model.Action;

/**
 * What the selectors and peers of a rule are read against.
 *
 * @param namespace of the policy; empty for a clusterwide one
 * @param action of the rule: what cannot be known matches nothing where it allows, and all it may be where it denies
 */
record CiliumScope(String namespace, Action action, CiliumReferences references) {
    boolean denies() {
        return action == Action.DENY;
    }

    CiliumScope with(Action other) {
        return new CiliumScope(namespace, other, references);
    }

    /** Reports, once and with its place, what is read otherwise than it is written. */
    void warn(Cursor field, String code, String message, String hint) {
        field.problems().warning(code, field.keyPlace(), field.path() + ": " + message, hint);
    }
}
