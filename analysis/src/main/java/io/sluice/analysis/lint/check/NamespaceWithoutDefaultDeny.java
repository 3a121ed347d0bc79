package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.Severity;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A namespace where a new pod would be open. */
final class NamespaceWithoutDefaultDeny implements Check {
    private static final About ABOUT = new About(
            "namespace-without-default-deny",
            Severity.INFO,
            "A namespace with pods has no policy that isolates all of them.",
            "A pod is open in both directions until a policy selects it. A policy with an empty podSelector and no"
                    + " rules makes deny the default, also for pods that come later.",
            "Add a NetworkPolicy with podSelector: {} and policyTypes: [Ingress, Egress].");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Map<Direction, Set<String>> closed = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            closed.put(direction, closed(cluster, direction));
        }
        Map<String, SourcePosition> declared = new HashMap<>();
        for (ObjectText namespace : cluster.texts().objects("Namespace")) {
            declared.put(namespace.name(), namespace.at());
        }
        for (String name : new TreeSet<>(cluster.pods().populated())) {
            List<String> missing = new ArrayList<>();
            for (Direction direction : Direction.values()) {
                if (!closed.getOrDefault(direction, Set.of()).contains(name)) {
                    missing.add(direction.toString());
                }
            }
            if (!missing.isEmpty()) {
                PodGroup first = cluster.pods()
                        .groups()
                        .get(cluster.pods().in(new NamespaceMatch.Named(name)).nextSetBit(0));
                findings.add(
                        declared.getOrDefault(name, first.pods().getFirst().position()),
                        "namespace " + name + " has no default deny for " + String.join(" and ", missing));
            }
        }
    }

    /** The namespaces whose every pod, also one not yet there, is denied what no rule allows. */
    private static Set<String> closed(Cluster cluster, Direction direction) {
        Set<String> names = new HashSet<>();
        for (Policy policy : cluster.snapshot().policies()) {
            if (policy.subject().pods().equals(Selector.ALL) && closes(policy, direction)) {
                switch (policy.subject().namespaces()) {
                    case NamespaceMatch.Named(String name) -> names.add(name);
                    case NamespaceMatch.Labelled labelled -> {
                        for (Namespace namespace :
                                cluster.snapshot().namespaces().values()) {
                            if (labelled.matches(namespace)) {
                                names.add(namespace.name());
                            }
                        }
                    }
                }
            }
        }
        return names;
    }

    private static boolean closes(Policy policy, Direction direction) {
        return policy.section(direction)
                .filter(section ->
                        section.isolates() || section.rules().stream().anyMatch(rule -> rule.action() == Action.DENY))
                .isPresent();
    }
}
