package io.sluice.policy.decide;

import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Verdict;
import java.util.List;

/** What decided one direction of a connection. */
public sealed interface Cause {
    Verdict verdict();

    /** A rule matched. */
    record ByRule(RuleRef rule, Verdict verdict) implements Cause {}

    /** No rule allowed it and these policies, all of them, isolate the subject in this direction. */
    record Isolated(String tier, List<PolicyId> policies) implements Cause {
        public Isolated {
            policies = List.copyOf(policies);
        }

        @Override
        public Verdict verdict() {
            return Verdict.DENY;
        }
    }

    /** Nothing in any tier decided: Kubernetes allows by default. */
    record NoPolicy() implements Cause {
        @Override
        public Verdict verdict() {
            return Verdict.ALLOW;
        }
    }

    /** The subject is no pod with its own network; policies do not apply to it. */
    record NotASubject() implements Cause {
        @Override
        public Verdict verdict() {
            return Verdict.ALLOW;
        }
    }

    /** A pod is never kept from itself. */
    record Self() implements Cause {
        @Override
        public Verdict verdict() {
            return Verdict.ALLOW;
        }
    }

    /** NetworkPolicy: traffic to and from the node where a pod is running is always allowed. */
    record OwnNode() implements Cause {
        @Override
        public Verdict verdict() {
            return Verdict.ALLOW;
        }
    }
}
