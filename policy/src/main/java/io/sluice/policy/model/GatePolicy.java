package io.sluice.policy.model;

import java.util.List;

/**
 * A policy of the gate at the destination's proxy (Istio AuthorizationPolicy).
 *
 * @param targets gateways, Services and the like at whose proxies it is enforced; where there are none, the pods of the
 *     scope enforce it themselves
 * @param provider whom a CUSTOM policy asks; empty for other actions
 * @param dryRun whether what it says is only counted and not enforced
 * @param rules none for a policy that matches no request
 */
public record GatePolicy(
        PolicyId id,
        SourcePosition position,
        Mesh.Scope scope,
        List<Target> targets,
        Action action,
        String provider,
        boolean dryRun,
        List<GateRule> rules) {
    public GatePolicy {
        targets = List.copyOf(targets);
        rules = List.copyOf(rules);
    }

    /** What becomes of a request that a rule matches, in the order in which they are asked. */
    public enum Action {
        /** Somebody else is asked. */
        CUSTOM,
        DENY,
        ALLOW,
        /** It is written down; nothing else. */
        AUDIT
    }

    /** An object of the policy's own namespace. */
    public record Target(String kind, String name) {
        @Override
        public String toString() {
            return kind + " " + name;
        }
    }
}
