package io.sluice.analysis.explain;

import io.sluice.analysis.reason.Reasons;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Tier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A trace by tier and policy. Every tier that some policy of the snapshot belongs to is there, with the policies that
 * select the subject; those after the tier that decided were not asked.
 */
record TraceTree(List<OfTier> tiers) {
    /**
     * @param asked whether the evaluation came this far
     * @param silent whether it had policies and none decided
     * @param remarks passes and ambiguities, one sentence each
     */
    record OfTier(String name, boolean asked, boolean silent, List<OfPolicy> policies, List<String> remarks) {}

    /** A policy with its rules that were looked at. */
    record OfPolicy(Policy policy, List<Step.RuleTried> tried) {}

    static TraceTree of(List<Step> steps, Map<PolicyId, Policy> byId, Snapshot snapshot) {
        Map<String, Map<PolicyId, List<Step.RuleTried>>> tried = new LinkedHashMap<>();
        Map<String, List<String>> remarks = new LinkedHashMap<>();
        Set<String> silent = new LinkedHashSet<>();
        for (Step step : steps) {
            switch (step) {
                case Step.RuleTried rule -> {
                    Policy policy = rule.rule().policy();
                    group(tried, policy).add(rule);
                }
                case Step.NoRules(PolicyId id) -> {
                    Policy policy = byId.get(id);
                    if (policy != null) {
                        group(tried, policy);
                    }
                }
                case Step.Passed(var rule) ->
                    remarks.computeIfAbsent(rule.policy().tier().name(), _ -> new ArrayList<>())
                            .add("passed on by " + rule.policy().id() + " " + Reasons.ruleText(rule));
                case Step.Ambiguous(var taken, var other) ->
                    remarks.computeIfAbsent(taken.policy().tier().name(), _ -> new ArrayList<>())
                            .add("ambiguous: " + other
                                    + " has the same priority and says the opposite; which of the two"
                                    + " counts is left open by the API, " + taken + " is taken here");
                case Step.TierSilent(String tier) -> silent.add(tier);
                case Step.Decided _ -> {}
            }
        }
        Set<Tier> all = new TreeSet<>();
        snapshot.policies().forEach(p -> all.add(p.tier()));
        List<OfTier> tiers = new ArrayList<>();
        int lastAsked = -1;
        for (Tier tier : all) {
            String name = tier.name();
            boolean asked = tried.containsKey(name) || silent.contains(name) || remarks.containsKey(name);
            List<OfPolicy> policies = new ArrayList<>();
            tried.getOrDefault(name, Map.of()).forEach((id, rules) -> {
                Policy policy = byId.get(id);
                if (policy != null) {
                    policies.add(new OfPolicy(policy, rules));
                }
            });
            if (asked) {
                lastAsked = tiers.size();
            }
            tiers.add(new OfTier(name, asked, silent.contains(name), policies, remarks.getOrDefault(name, List.of())));
        }
        return new TraceTree(lastAsked < 0 ? List.of() : tiers);
    }

    private static List<Step.RuleTried> group(Map<String, Map<PolicyId, List<Step.RuleTried>>> tried, Policy policy) {
        return tried.computeIfAbsent(policy.tier().name(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(policy.id(), _ -> new ArrayList<>());
    }
}
