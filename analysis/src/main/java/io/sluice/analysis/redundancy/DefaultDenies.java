package io.sluice.analysis.redundancy;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Policies that isolate and allow nothing. */
final class DefaultDenies {
    private final Map<String, List<Policy>> byNamespace = new HashMap<>();

    DefaultDenies(List<Policy> policies) {
        for (Policy policy : policies) {
            if (isOne(policy)) {
                byNamespace
                        .computeIfAbsent(policy.id().namespace(), _ -> new ArrayList<>())
                        .add(policy);
            }
        }
    }

    static boolean isOne(Policy policy) {
        return !policy.sections().isEmpty()
                && policy.sections().stream()
                        .allMatch(
                                section -> section.isolates() && section.rules().isEmpty());
    }

    /** Whether another one that is not gone isolates at least the same pods in at least the same directions. */
    boolean hasLarger(Policy policy, Set<PolicyId> gone) {
        return byNamespace.getOrDefault(policy.id().namespace(), List.of()).stream()
                .filter(other -> !other.id().equals(policy.id()) && !gone.contains(other.id()))
                .anyMatch(other -> other.tier().equals(policy.tier())
                        && directions(other).containsAll(directions(policy))
                        && other.subject().namespaces().equals(policy.subject().namespaces())
                        && (other.subject().pods().equals(Selector.ALL)
                                || other.subject()
                                        .pods()
                                        .equals(policy.subject().pods())));
    }

    private static Set<Direction> directions(Policy policy) {
        return policy.sections().stream().map(Section::direction).collect(Collectors.toSet());
    }
}
