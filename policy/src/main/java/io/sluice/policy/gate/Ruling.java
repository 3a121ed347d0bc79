package io.sluice.policy.gate;

import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GatePolicy.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Policies applied to a request at one proxy, in Istio's order: CUSTOM, DENY, ALLOW. */
final class Ruling {
    private final List<GatePolicy> policies;
    private final Matching matching;
    private final List<GateStep> trace = new ArrayList<>();

    private Ruling(List<GatePolicy> policies, Matching matching) {
        this.policies = policies;
        this.matching = matching;
    }

    static GateDecision of(List<GatePolicy> policies, Matching matching) {
        return new Ruling(policies, matching).decide();
    }

    /** @param hit the rule that matches, or the first that may */
    private record Found(Truth truth, Optional<GateStep> hit) {}

    private GateDecision decide() {
        Found custom = tried(Action.CUSTOM);
        Found deny = tried(Action.DENY);
        Found allow = tried(Action.ALLOW);
        tried(Action.AUDIT);
        List<GatePolicy> allowing = enforced(Action.ALLOW);
        List<String> providers = enforced(Action.CUSTOM).stream()
                .map(GatePolicy::provider)
                .distinct()
                .toList();
        boolean conflict = providers.size() > 1;
        if (conflict && custom.truth.isTrue()) {
            GateStep step = custom.hit.orElseThrow();
            return GateDecision.of(
                    Outcome.DENY, new GateCause.SeveralProviders(step.policy(), step.rule(), providers), trace);
        }
        if (deny.truth.isTrue()) {
            return GateDecision.of(Outcome.DENY, byRule(deny), trace);
        }
        Truth allowed = allowing.isEmpty() ? Truth.TRUE : allow.truth;
        if (allowed.isFalse()) {
            return GateDecision.of(Outcome.DENY, new GateCause.NoAllowRule(allowing), trace);
        }
        SortedSet<String> on = new TreeSet<>(custom.truth.on());
        on.addAll(deny.truth.on());
        on.addAll(allowed.on());
        if (!on.isEmpty()) {
            return GateDecision.open(on, trace);
        }
        if (custom.truth.isTrue()) {
            return GateDecision.of(Outcome.ASK, byRule(custom), trace);
        }
        return GateDecision.of(
                Outcome.ALLOW, allowing.isEmpty() ? new GateCause.NoAllowPolicy() : byRule(allow), trace);
    }

    private static GateCause byRule(Found found) {
        GateStep step = found.hit.orElseThrow();
        return new GateCause.ByRule(step.policy(), step.rule());
    }

    private List<GatePolicy> enforced(Action action) {
        return policies.stream()
                .filter(p -> p.action() == action && !p.dryRun())
                .toList();
    }

    private Found tried(Action action) {
        List<Truth> truths = new ArrayList<>();
        Optional<GateStep> hit = Optional.empty();
        for (GatePolicy policy : policies) {
            if (policy.action() != action) {
                continue;
            }
            boolean counts = !policy.dryRun() && action != Action.AUDIT;
            if (policy.rules().isEmpty()) {
                trace.add(new GateStep(policy, -1, Truth.FALSE, counts));
            }
            for (int i = 0; i < policy.rules().size(); i++) {
                GateStep step =
                        new GateStep(policy, i, matching.rule(policy.rules().get(i), action), counts);
                trace.add(step);
                if (counts) {
                    truths.add(step.matches());
                    hit = hit.isEmpty() && step.matches().isTrue() ? Optional.of(step) : hit;
                }
            }
        }
        return new Found(Truth.any(truths), hit);
    }
}
