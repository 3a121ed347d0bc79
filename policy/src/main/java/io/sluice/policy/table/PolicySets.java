package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Subject;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which policies select each pod, and what the pods that the same ones select have in common. */
final class PolicySets {
    private final RuleBook rules;
    private final RowCompiler compiler;
    private final List<PolicySet> sets = new ArrayList<>();
    private final int[] setOf;
    private final Map<ProgramKey, Rows> rows = new HashMap<>();

    private record SetKey(int ofClass, Map<PortMatch.Named, Set<TrafficRange>> meaning) {}

    private record ProgramKey(
            Direction direction, Ints policies, Map<PortMatch.Named, Set<TrafficRange>> meaning, Relation relation) {}

    /** What all pods of one class share. */
    private record Selected(int[] policies, NamedPorts ingressNames) {}

    PolicySets(RuleBook rules, Population population, RowCompiler compiler) {
        this.rules = rules;
        this.compiler = compiler;
        Map<Subject, List<Integer>> bySubject = new LinkedHashMap<>();
        for (int i = 0; i < rules.policies().size(); i++) {
            Policy policy = rules.policies().get(i);
            if (!policy.sections().isEmpty()) {
                bySubject.computeIfAbsent(policy.subject(), _ -> new ArrayList<>()).add(i);
            }
        }
        Partition classes = new Partition(population.pods().size());
        List<List<Integer>> policiesOfSubject = new ArrayList<>();
        bySubject.forEach((subject, policies) -> {
            classes.split(policiesOfSubject.size(), population.select(subject.namespaces(), subject.pods()));
            policiesOfSubject.add(policies);
        });

        Map<SetKey, Integer> numbers = new HashMap<>();
        Map<Integer, Selected> selected = new HashMap<>();
        numbers.put(new SetKey(Partition.NONE, Map.of()), VerdictTable.NOTHING_SELECTS);
        sets.add(set(new int[0], Map.of()));
        setOf = new int[population.pods().size()];
        for (int i = 0; i < setOf.length; i++) {
            Pod pod = population.pods().get(i);
            int ofClass = classes.classOf(i);
            Selected by = selected.computeIfAbsent(ofClass, c -> {
                int[] policies = Arrays.stream(classes.features(c))
                        .mapToObj(policiesOfSubject::get)
                        .flatMap(List::stream)
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray();
                return new Selected(policies, new NamedPorts(rules.ingressNames(policies)));
            });
            SetKey key = new SetKey(ofClass, by.ingressNames.on(pod));
            setOf[i] = numbers.computeIfAbsent(key, k -> {
                sets.add(set(by.policies, k.meaning));
                return sets.size() - 1;
            });
        }
    }

    /** The set of a pod by its place in the population. */
    int setOf(int pod) {
        return setOf[pod];
    }

    List<PolicySet> sets() {
        return List.copyOf(sets);
    }

    private PolicySet set(int[] policies, Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        return new PolicySet(
                sets.size(),
                Arrays.stream(policies).mapToObj(rules.policies()::get).toList(),
                side(Direction.INGRESS, policies, meaning),
                side(Direction.EGRESS, policies, Map.of()));
    }

    private PolicySet.Side side(
            Direction direction, int[] policies, Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        int[] speaking = Arrays.stream(policies)
                .filter(policy -> rules.speaks(direction, policy))
                .toArray();
        return new PolicySet.Side(
                rows(new ProgramKey(direction, new Ints(speaking), meaning, Relation.OTHER)),
                spared(direction, speaking, meaning, Relation.OWN_NODE),
                spared(direction, speaking, meaning, Relation.SELF));
    }

    /** Rows for a relation that a tier spares; only the policies up to that tier matter, and they are often the same. */
    private Rows spared(
            Direction direction,
            int[] speaking,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation) {
        for (int i = 0; i < speaking.length; i++) {
            if (rules.policies().get(speaking[i]).tier().sparesSelfAndOwnNode()) {
                return rows(new ProgramKey(direction, new Ints(Arrays.copyOf(speaking, i + 1)), meaning, relation));
            }
        }
        return rows(new ProgramKey(direction, new Ints(speaking), meaning, Relation.OTHER));
    }

    private Rows rows(ProgramKey key) {
        return rows.computeIfAbsent(
                key,
                k -> compiler.compile(
                        rules.program(k.direction, k.policies.numbers(), k.meaning, k.relation)));
    }
}
