package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts policies together into programs. */
final class Programs {
    private final RuleBook rules;

    Programs(RuleBook rules) {
        this.rules = rules;
    }

    /**
     * What decides for a relation, of policies that speak of one direction: the same ones, or fewer where a relation is
     * spared, and the relation itself if it makes a difference.
     */
    record Concern(List<PolicyEntry> policies, Relation relation) {}

    Concern concern(Direction direction, List<PolicyEntry> together, Relation relation) {
        if (relation == Relation.OTHER) {
            return new Concern(together, relation);
        }
        for (int i = 0; i < together.size(); i++) {
            if (together.get(i).about(direction).spares(relation)) {
                return new Concern(
                        canPassBefore(direction, together, i) ? together : sparing(direction, together, i), relation);
            }
        }
        boolean same = relation == Relation.SELF
                || together.stream().noneMatch(policy -> policy.about(direction).asksForOwnNode());
        return new Concern(together, same ? Relation.OTHER : relation);
    }

    /** Whether some traffic leaves the tier of a policy before it is asked. */
    private static boolean canPassBefore(Direction direction, List<PolicyEntry> together, int at) {
        Tier tier = together.get(at).policy().tier();
        return together.subList(0, at).stream()
                .filter(entry -> entry.policy().tier().equals(tier)
                        && entry.policy().combining().isOrdered())
                .anyMatch(entry -> entry.about(direction).inOrder().stream().anyMatch(Clause::passes));
    }

    /** Those up to the one that spares, and the others that are combined with it and can deny before that. */
    private static List<PolicyEntry> sparing(Direction direction, List<PolicyEntry> together, int at) {
        Policy sparing = together.get(at).policy();
        int first = at;
        while (first > 0 && together.get(first - 1).policy().isCombinedWith(sparing)) {
            first--;
        }
        List<PolicyEntry> out = new ArrayList<>();
        for (int i = 0; i < together.size(); i++) {
            PolicyEntry entry = together.get(i);
            boolean combined = i >= first && entry.policy().isCombinedWith(sparing);
            boolean denies = combined && !entry.about(direction).denials().isEmpty();
            if (i < first || i == at || denies) {
                out.add(entry);
            }
        }
        return out;
    }

    /**
     * What policies that speak of one direction make of a connection, as clauses of which the first that matches
     * counts.
     *
     * @param together in the order of evaluation
     * @param holding the conditions that the subject meets
     * @param meaning of port names on the subject, for ingress
     */
    Program program(
            Direction direction,
            List<PolicyEntry> together,
            BitSet holding,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation) {
        List<List<Clause>> stages = new ArrayList<>();
        for (int i = 0; i < together.size(); ) {
            Tier tier = together.get(i).policy().tier();
            List<Clause> stage = new ArrayList<>();
            List<PolicyId> isolating = new ArrayList<>();
            while (i < together.size() && together.get(i).policy().tier().equals(tier)) {
                Policy first = together.get(i).policy();
                List<PolicyEntry.Compiled> group = new ArrayList<>();
                do {
                    PolicyEntry.Compiled said = together.get(i).about(direction);
                    group.add(said);
                    if (said.section().isolates()) {
                        isolating.add(together.get(i).policy().id());
                    }
                    i++;
                } while (i < together.size() && together.get(i).policy().isCombinedWith(first));
                add(stage, first, group, relation);
            }
            if (!isolating.isEmpty()) {
                stage.add(Clause.always(rules.isolation(tier, isolating)));
            }
            stages.add(stage.stream()
                    .filter(clause -> clause.condition() == RuleBook.UNCONDITIONAL || holding.get(clause.condition()))
                    .map(clause -> clause.on(relation == Relation.OWN_NODE))
                    .map(clause -> direction == Direction.EGRESS ? clause : clause.on(meaning))
                    .toList());
        }
        return new Program(stages);
    }

    /** Adds the clauses of policies that are combined, or of a single one. */
    private static void add(List<Clause> stage, Policy first, List<PolicyEntry.Compiled> group, Relation relation) {
        boolean spared = group.stream().anyMatch(policy -> policy.spares(relation));
        Clause sparing = Clause.always(relation == Relation.SELF ? RuleBook.SELF : RuleBook.OWN_NODE);
        if (first.combining().isOrdered()) {
            if (spared) {
                stage.add(sparing);
            }
            stage.addAll(group.getFirst().inOrder());
        } else {
            group.forEach(policy -> stage.addAll(policy.denials()));
            if (spared) {
                stage.add(sparing);
            }
            group.forEach(policy -> stage.addAll(policy.permissions()));
        }
    }
}
