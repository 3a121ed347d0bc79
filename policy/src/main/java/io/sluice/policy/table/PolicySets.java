package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Subject;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which policies select each pod. Pods share a set if the same policies select them and the port names of the ingress
 * rules among those mean the same on them.
 */
final class PolicySets {
    private final RuleBook rules;
    private final List<SetKey> sets = new ArrayList<>();
    private final int[] setOf;
    private final Map<ProgramKey, Rows> rows = new HashMap<>();

    /**
     * @param policies by number, ascending
     * @param holding the conditions of their rules that the pod meets
     */
    private record SetKey(Ints policies, BitSet holding, Map<PortMatch.Named, Set<TrafficRange>> meaning) {}

    private record ProgramKey(
            Direction direction,
            Ints policies,
            BitSet holding,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation) {}

    /** What all pods of one class share. */
    private record Selected(Ints policies, BitSet conditions, NamedPorts ingressNames) {}

    PolicySets(RuleBook rules, Population population) {
        this.rules = rules;
        Map<Subject, List<Integer>> bySubject = new LinkedHashMap<>();
        for (int i = 0; i < rules.policies().size(); i++) {
            Policy policy = rules.policies().get(i);
            if (!policy.sections().isEmpty()) {
                bySubject
                        .computeIfAbsent(policy.subject(), _ -> new ArrayList<>())
                        .add(i);
            }
        }
        Partition classes = new Partition(population.pods().size());
        List<List<Integer>> policiesOfSubject = new ArrayList<>();
        bySubject.forEach((subject, policies) -> {
            classes.split(policiesOfSubject.size(), population.select(subject.namespaces(), subject.pods()));
            policiesOfSubject.add(policies);
        });

        Partition conditions = new Partition(population.pods().size());
        for (int i = 0; i < rules.conditions().size(); i++) {
            Subject only = rules.conditions().get(i);
            conditions.split(i, population.select(only.namespaces(), only.pods()));
        }

        Map<SetKey, Integer> numbers = new HashMap<>();
        SetKey nothing = new SetKey(new Ints(new int[0]), new BitSet(), Map.of());
        numbers.put(nothing, VerdictTable.NOTHING_SELECTS);
        sets.add(nothing);
        Map<Integer, Selected> selected = new HashMap<>();
        setOf = new int[population.pods().size()];
        for (int i = 0; i < setOf.length; i++) {
            Pod pod = population.pods().get(i);
            Selected by =
                    selected.computeIfAbsent(classes.classOf(i), c -> selected(classes.features(c), policiesOfSubject));
            BitSet holding = new BitSet();
            for (int condition : conditions.features(conditions.classOf(i))) {
                holding.set(condition);
            }
            holding.and(by.conditions);
            setOf[i] = numbers.computeIfAbsent(new SetKey(by.policies, holding, by.ingressNames.on(pod)), key -> {
                sets.add(key);
                return sets.size() - 1;
            });
        }
    }

    private Selected selected(int[] subjects, List<List<Integer>> policiesOfSubject) {
        int[] policies = Arrays.stream(subjects)
                .mapToObj(policiesOfSubject::get)
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        return new Selected(
                new Ints(policies), rules.conditions(policies), new NamedPorts(rules.ingressNames(policies)));
    }

    /** The set of a pod by its place in the population. */
    int setOf(int pod) {
        return setOf[pod];
    }

    List<PolicySet> compile(RowCompiler compiler) {
        List<PolicySet> out = new ArrayList<>(sets.size());
        for (SetKey key : sets) {
            int[] policies = key.policies.numbers();
            out.add(new PolicySet(
                    out.size(),
                    Arrays.stream(policies).mapToObj(rules.policies()::get).toList(),
                    side(compiler, Direction.INGRESS, key, key.meaning),
                    side(compiler, Direction.EGRESS, key, Map.of())));
        }
        return List.copyOf(out);
    }

    private PolicySet.Side side(
            RowCompiler compiler, Direction direction, SetKey set, Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        int[] speaking = Arrays.stream(set.policies.numbers())
                .filter(policy -> rules.speaks(direction, policy))
                .toArray();
        return new PolicySet.Side(
                rows(compiler, direction, speaking, set.holding, meaning, Relation.OTHER),
                rows(compiler, direction, speaking, set.holding, meaning, Relation.OWN_NODE),
                rows(compiler, direction, speaking, set.holding, meaning, Relation.SELF));
    }

    /** Only the policies that count for the relation make the key: they are often the same. */
    private Rows rows(
            RowCompiler compiler,
            Direction direction,
            int[] speaking,
            BitSet holding,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation) {
        RuleBook.Concern concern = rules.concern(direction, speaking, relation);
        ProgramKey key = new ProgramKey(direction, new Ints(concern.policies()), holding, meaning, concern.relation());
        return rows.computeIfAbsent(
                key,
                k -> compiler.compile(
                        rules.program(k.direction, k.policies.numbers(), k.holding, k.meaning, k.relation)));
    }
}
