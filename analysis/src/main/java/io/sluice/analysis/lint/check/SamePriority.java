package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two policies of one tier and priority for the same pods, with different actions. The verb check finds a witness. */
final class SamePriority implements Check {
    private static final About ABOUT = new About(
            "same-priority",
            Severity.WARNING,
            "Two policies of one tier have the same priority, select the same pods, and differ in their actions.",
            "Within a tier the policy with the lower number comes first. For equal numbers the API leaves open which"
                    + " comes first, so where both match, the outcome may differ from cluster to cluster.",
            "Give the policies different priorities.");

    private record Place(String tier, double priority) {}

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Map<Place, List<PolicyText>> byPlace = new LinkedHashMap<>();
        for (PolicyText text : cluster.policies()) {
            Policy policy = text.policy();
            if (policy.combining() == Combining.FIRST_MATCH) {
                byPlace.computeIfAbsent(new Place(policy.tier().name(), policy.priority()), _ -> new ArrayList<>())
                        .add(text);
            }
        }
        for (List<PolicyText> rivals : byPlace.values()) {
            for (int second = 1; second < rivals.size(); second++) {
                for (int first = 0; first < second; first++) {
                    Policy one = rivals.get(first).policy();
                    Policy two = rivals.get(second).policy();
                    if (mayDiffer(one, two) && meet(cluster, one, two)) {
                        findings.add(
                                rivals.get(second).text().at("spec", "priority"),
                                two.id() + " and " + one.id() + " have the same tier and priority and select the same"
                                        + " pods");
                        break;
                    }
                }
            }
        }
    }

    private static boolean mayDiffer(Policy one, Policy two) {
        for (Direction direction : Direction.values()) {
            Set<Action> actions = actions(one, direction);
            Set<Action> others = actions(two, direction);
            if (!actions.isEmpty() && !others.isEmpty() && (actions.size() > 1 || !actions.equals(others))) {
                return true;
            }
        }
        return false;
    }

    private static Set<Action> actions(Policy policy, Direction direction) {
        Set<Action> out = EnumSet.noneOf(Action.class);
        for (Rule rule : policy.section(direction).map(Section::rules).orElse(List.of())) {
            out.add(rule.action());
        }
        return out;
    }

    private static boolean meet(Cluster cluster, Policy one, Policy two) {
        BitSet both = (BitSet) cluster.pods()
                .select(one.subject().namespaces(), one.subject().pods())
                .clone();
        both.and(cluster.pods().select(two.subject().namespaces(), two.subject().pods()));
        return !both.isEmpty() || one.subject().equals(two.subject());
    }
}
