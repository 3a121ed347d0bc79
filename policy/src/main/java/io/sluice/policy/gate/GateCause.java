package io.sluice.policy.gate;

import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.SourcePosition;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** What decided at the gate; its text is a sentence without its end. */
public sealed interface GateCause {
    /**
     * A rule allows or denies, or asks its provider.
     *
     * @param rule from 0
     */
    record ByRule(GatePolicy policy, int rule) implements GateCause {
        public SourcePosition position() {
            return policy.rules().get(rule).position();
        }

        @Override
        public String toString() {
            String verb = switch (policy.action()) {
                case CUSTOM -> " asks provider " + policy.provider();
                case DENY -> " denies";
                case ALLOW -> " allows";
                case AUDIT -> " audits";
            };
            return policy.id() + " rules[" + rule + "]" + verb + " ("
                    + position().fileLine() + ")";
        }
    }

    /** There are policies that allow, and none of their rules matches. */
    record NoAllowRule(List<GatePolicy> policies) implements GateCause {
        public NoAllowRule {
            policies = List.copyOf(policies);
        }

        @Override
        public String toString() {
            return "no ALLOW rule matches of "
                    + policies.stream()
                            .map(p -> p.id() + " (" + p.position().fileLine() + ")")
                            .collect(Collectors.joining(", "));
        }
    }

    /** Nothing denies, and no policy allows anything in particular. */
    record NoAllowPolicy() implements GateCause {
        @Override
        public String toString() {
            return "no ALLOW policy selects the destination";
        }
    }

    /** The destination demands mutual TLS and the source has no identity. */
    record Plaintext(PeerAuthentication authentication) implements GateCause {
        @Override
        public String toString() {
            return authentication.id() + " demands mutual TLS, which the source does not speak ("
                    + authentication.position().fileLine() + ")";
        }
    }

    /** Two providers for one pod, of which Istio takes none and refuses what would have to be asked. */
    record SeveralProviders(GatePolicy policy, int rule, List<String> providers) implements GateCause {
        public SeveralProviders {
            providers = List.copyOf(providers);
        }

        @Override
        public String toString() {
            return policy.id() + " rules[" + rule + "] would ask " + policy.provider()
                    + ", but one destination may have one provider only, not "
                    + String.join(" and ", providers) + " ("
                    + policy.rules().get(rule).position().fileLine() + ")";
        }
    }

    /** Requests fare differently. */
    record Open(SortedSet<String> on) implements GateCause {
        @Override
        public String toString() {
            return "it depends on " + String.join(", ", on);
        }
    }

    /** The connection does not pass the gate. */
    record NotGuarded(String reason) implements GateCause {
        @Override
        public String toString() {
            return reason;
        }
    }
}
