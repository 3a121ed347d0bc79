package io.sluice.analysis.explain;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change as a change of the model.
 *
 * @param policy as it is, or a new one
 * @param rule what is done to its rules in the direction of the change
 * @param cost how many pairs of pods and ports it touches, roughly; the smaller the better
 */
record Edit(Policy policy, RuleEdit rule, Change change, long cost) {
    /** What is done to a list of rules. Indexes stay valid through any number of replacements. */
    sealed interface RuleEdit {
        /** A rule without peers matches nothing and stands for one that was removed. */
        record Replace(int index, Rule rule) implements RuleEdit {}

        record Insert(int index, Rule rule) implements RuleEdit {}

        /** The policy itself is the change. */
        record None() implements RuleEdit {}
    }

    static Edit replace(Policy policy, int index, Rule rule, Change change, long cost) {
        return new Edit(policy, new RuleEdit.Replace(index, rule), change, cost);
    }

    /** A snapshot with these edits made. */
    static Snapshot apply(Snapshot snapshot, List<Edit> edits) {
        List<Policy> policies = new ArrayList<>(snapshot.policies());
        for (Edit edit : edits) {
            Optional<Policy> current = policies.stream()
                    .filter(p -> p.id().equals(edit.policy.id()))
                    .findFirst();
            Policy after = edit.on(current.orElse(edit.policy));
            if (current.isPresent()) {
                policies.set(policies.indexOf(current.get()), after);
            } else {
                policies.add(after);
            }
        }
        return snapshot.withPolicies(policies);
    }

    private Policy on(Policy current) {
        Direction direction = change.direction();
        List<Rule> rules =
                new ArrayList<>(current.section(direction).orElseThrow().rules());
        switch (rule) {
            case RuleEdit.Replace(int index, Rule by) -> rules.set(index, by);
            case RuleEdit.Insert(int index, Rule added) -> rules.add(index, added);
            case RuleEdit.None() -> {}
        }
        return withRules(current, direction, rules);
    }

    static Policy withRules(Policy policy, Direction direction, List<Rule> rules) {
        return policy.with(policy.sections().stream()
                .map(s -> s.direction() == direction ? s.with(rules) : s)
                .toList());
    }
}
