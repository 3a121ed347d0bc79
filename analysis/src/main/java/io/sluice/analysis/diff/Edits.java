package io.sluice.analysis.diff;

import io.sluice.analysis.reason.Reasons;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which policies differ between two snapshots, and which of them bear a given change of causes. */
final class Edits {
    private final Map<PolicyId, Policy> before;
    private final Map<PolicyId, Policy> after;

    Edits(Snapshot before, Snapshot after) {
        this.before = byId(before);
        this.after = byId(after);
    }

    private static Map<PolicyId, Policy> byId(Snapshot snapshot) {
        Map<PolicyId, Policy> byId = new HashMap<>();
        snapshot.policies().forEach(policy -> byId.putIfAbsent(policy.id(), policy));
        return byId;
    }

    /** The edits that turned one cause into another; one about labels if no policy of them differs. */
    List<PolicyEdit> between(Direction direction, Cause was, Cause is) {
        List<PolicyEdit> edits = new ArrayList<>();
        now(direction, is, edits);
        then(direction, was, edits);
        if (edits.isEmpty()) {
            edits.add(new PolicyEdit(
                    PolicyEdit.What.LABELS_CHANGED,
                    direction,
                    new PolicyId("", "", ""),
                    "",
                    SourcePosition.NONE,
                    "the policies that decide are the same: labels, ports, addresses or namespaces differ"));
        }
        return edits;
    }

    /** What decides now and did not say so before. */
    private void now(Direction direction, Cause is, List<PolicyEdit> edits) {
        switch (is) {
            case Cause.ByRule(RuleRef ref, var _) -> {
                Policy old = before.get(ref.policy().id());
                if (old == null) {
                    edits.add(edit(PolicyEdit.What.POLICY_ADDED, ref, "is new, with " + Reasons.ruleText(ref)));
                } else if (!has(old, direction, ref.rule())) {
                    edits.add(
                            edit(PolicyEdit.What.RULE_ADDED, ref, "has a new or edited rule " + Reasons.ruleText(ref)));
                } else if (!isSame(old, ref.policy())) {
                    edits.add(edit(PolicyEdit.What.POLICY_EDITED, ref, "selects other pods or has another order"));
                }
            }
            case Cause.Isolated(var _, List<PolicyId> isolating) ->
                isolating.forEach(id -> {
                    Policy now = after.get(id);
                    Policy old = before.get(id);
                    if (now != null && old == null) {
                        edits.add(edit(
                                PolicyEdit.What.POLICY_ADDED, direction, now, "is new and isolates for " + direction));
                    } else if (now != null && old != null && !isolatesAlike(old, now, direction)) {
                        edits.add(edit(
                                PolicyEdit.What.POLICY_EDITED,
                                direction,
                                now,
                                "now isolates these pods for " + direction));
                    }
                });
            case Cause.NoPolicy(), Cause.NotASubject(), Cause.Self(), Cause.OwnNode() -> {}
        }
    }

    /** What decided before and does not say so now. */
    private void then(Direction direction, Cause was, List<PolicyEdit> edits) {
        switch (was) {
            case Cause.ByRule(RuleRef ref, var _) -> {
                Policy now = after.get(ref.policy().id());
                if (now == null) {
                    edits.add(edit(PolicyEdit.What.POLICY_REMOVED, ref, "is gone, with " + Reasons.ruleText(ref)));
                } else if (!has(now, direction, ref.rule())) {
                    edits.add(edit(PolicyEdit.What.RULE_REMOVED, ref, "lost or edited rule " + Reasons.ruleText(ref)));
                } else if (!isSame(ref.policy(), now)) {
                    edits.add(edit(PolicyEdit.What.POLICY_EDITED, ref, "selected other pods or had another order"));
                }
            }
            case Cause.Isolated(var _, List<PolicyId> isolating) ->
                isolating.forEach(id -> {
                    Policy now = after.get(id);
                    Policy old = before.get(id);
                    if (old != null && now == null) {
                        edits.add(
                                edit(PolicyEdit.What.POLICY_REMOVED, direction, old, "is gone and isolates no longer"));
                    } else if (old != null && now != null && !isolatesAlike(old, now, direction)) {
                        edits.add(edit(
                                PolicyEdit.What.POLICY_EDITED,
                                direction,
                                now,
                                "no longer isolates these pods for " + direction));
                    }
                });
            case Cause.NoPolicy(), Cause.NotASubject(), Cause.Self(), Cause.OwnNode() -> {}
        }
    }

    private static PolicyEdit edit(PolicyEdit.What what, RuleRef ref, String explanation) {
        return new PolicyEdit(
                what,
                ref.direction(),
                ref.policy().id(),
                Reasons.ruleText(ref),
                ref.rule().position(),
                explanation);
    }

    private static PolicyEdit edit(PolicyEdit.What what, Direction direction, Policy policy, String explanation) {
        return new PolicyEdit(what, direction, policy.id(), "", policy.position(), explanation);
    }

    private static boolean has(Policy policy, Direction direction, Rule rule) {
        return policy.section(direction).stream()
                .flatMap(section -> section.rules().stream())
                .anyMatch(other -> says(other).equals(says(rule)));
    }

    private static boolean isolatesAlike(Policy old, Policy now, Direction direction) {
        return old.subject().equals(now.subject())
                && old.section(direction)
                        .map(Section::isolates)
                        .equals(now.section(direction).map(Section::isolates));
    }

    /** Whether two versions of a policy say the same, wherever they are written. */
    private static boolean isSame(Policy one, Policy other) {
        return one.tier().equals(other.tier())
                && one.priority() == other.priority()
                && one.combining() == other.combining()
                && one.subject().equals(other.subject())
                && one.sections().stream()
                        .map(Edits::says)
                        .toList()
                        .equals(other.sections().stream().map(Edits::says).toList());
    }

    private static Section says(Section section) {
        return section.with(section.rules().stream().map(Edits::says).toList());
    }

    private static Rule says(Rule rule) {
        return new Rule(
                "", rule.action(), rule.peers(), rule.ports(), SourcePosition.NONE, rule.only(), rule.application());
    }
}
