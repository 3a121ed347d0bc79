package io.sluice.analysis.redundancy;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.Removals;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules that never decide and policies without effect. */
public final class Redundancy {
    private Redundancy() {}

    /** Why something could go. */
    public enum Why {
        /** The policy selects no pod of these manifests. */
        SELECTS_NOTHING,
        /** Everything that it decides is decided the same way without it. */
        COVERED,
        /** Something else always decides before it. */
        SHADOWED
    }

    /**
     * Something that could go.
     *
     * @param rule empty where it is the whole policy
     * @param cover what decides in its place, or before it: none of these could go too
     */
    public record Superfluous(Policy policy, Optional<RuleRef> rule, Why why, List<Cause> cover) {
        public Superfluous {
            cover = List.copyOf(cover);
        }
    }

    /**
     * What was found.
     *
     * @param superfluous all that could go together, in the order of the policies and their rules
     * @param idle rules that are about nobody of these manifests, and may be about somebody elsewhere; they and their
     *     policies are not judged
     */
    public record Result(List<Superfluous> superfluous, List<RuleRef> idle) {
        public Result {
            superfluous = List.copyOf(superfluous);
            idle = List.copyOf(idle);
        }
    }

    /**
     * Judges every policy and rule. A default deny is not judged by whether each pod of today is isolated by some other
     * policy as well: it is there for the pods of tomorrow. It is superfluous beside another default deny of the same or
     * a larger subject.
     */
    public static Result of(VerdictTable table) {
        Removals removals = Removals.of(table);
        List<Policy> inOrder = table.snapshot().policies().stream()
                .sorted(Policy.EVALUATION_ORDER)
                .toList();
        Set<PolicyId> gone = new LinkedHashSet<>();
        Set<RuleRef> goneRules = new LinkedHashSet<>();
        Set<RuleRef> idle = new LinkedHashSet<>();
        for (Policy policy : inOrder) {
            if (!selectsNothing(policy, table.snapshot())) {
                rules(policy).stream()
                        .filter(rule -> !removals.isAboutAnything(rule))
                        .forEach(idle::add);
            }
        }
        DefaultDenies denies = new DefaultDenies(inOrder);
        // From the last to the first: of two that say the same, the one that is named as the cause stays.
        for (Policy policy : inOrder.reversed()) {
            boolean judged = rules(policy).stream().noneMatch(idle::contains)
                    && (!DefaultDenies.isOne(policy)
                            || selectsNothing(policy, table.snapshot())
                            || denies.hasLarger(policy, gone));
            if (judged && !removals.remove(policy).isNeeded()) {
                gone.add(policy.id());
            }
        }
        for (Policy policy : inOrder.reversed()) {
            if (!gone.contains(policy.id())) {
                rules(policy).reversed().stream()
                        .filter(rule ->
                                !idle.contains(rule) && !removals.remove(rule).isNeeded())
                        .forEach(goneRules::add);
            }
        }
        List<Superfluous> found = new ArrayList<>();
        for (Policy policy : inOrder) {
            if (gone.contains(policy.id())) {
                boolean nothing = selectsNothing(policy, table.snapshot());
                found.add(superfluous(policy, Optional.empty(), nothing, removals.again(policy)));
            }
            for (RuleRef rule : rules(policy)) {
                if (goneRules.contains(rule)) {
                    found.add(superfluous(policy, Optional.of(rule), false, removals.again(rule)));
                }
            }
        }
        return new Result(found, List.copyOf(idle));
    }

    private static List<RuleRef> rules(Policy policy) {
        List<RuleRef> rules = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            int count = policy.section(direction)
                    .map(Section::rules)
                    .map(List::size)
                    .orElse(0);
            for (int i = 0; i < count; i++) {
                rules.add(new RuleRef(policy, direction, i));
            }
        }
        return rules;
    }

    private static Superfluous superfluous(
            Policy policy, Optional<RuleRef> rule, boolean nothing, Removals.Finding finding) {
        // A rule has one reason; of a policy, rules that come too late and isolation that is doubled are both told.
        Set<Cause> all = new LinkedHashSet<>(finding.instead());
        if (rule.isEmpty() || !finding.decides()) {
            all.addAll(finding.before());
        }
        List<Cause> cover =
                all.stream().filter(cause -> !isOwn(cause, policy, rule)).toList();
        Why why = nothing ? Why.SELECTS_NOTHING : finding.decides() ? Why.COVERED : Why.SHADOWED;
        return new Superfluous(policy, rule, why, cover);
    }

    private static boolean isOwn(Cause cause, Policy policy, Optional<RuleRef> rule) {
        return cause instanceof Cause.ByRule(RuleRef by, var _)
                && by.policy().id().equals(policy.id())
                && (rule.isEmpty() || rule.get().equals(by));
    }

    private static boolean selectsNothing(Policy policy, Snapshot snapshot) {
        return snapshot.pods().stream()
                .filter(pod -> !pod.hostNetwork())
                .noneMatch(pod -> policy.subject().namespaces().matches(snapshot.namespaceOf(pod))
                        && policy.subject().pods().matches(pod.attributes()));
    }
}
