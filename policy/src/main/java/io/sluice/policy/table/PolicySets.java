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

/**
 * Which policies select each pod. Pods share a set if the same policies select them and the port names of the ingress
 * rules among those mean the same on them.
 */
final class PolicySets {
    private final RuleBook rules;
    private final List<SetKey> sets = new ArrayList<>();
    private final int[] setOf;
    private final Map<ProgramKey, Rows> rows = new HashMap<>();

    /** @param policies by number, ascending */
    private record SetKey(Ints policies, Map<PortMatch.Named, Set<TrafficRange>> meaning) {}

    private record ProgramKey(
            Direction direction, Ints policies, Map<PortMatch.Named, Set<TrafficRange>> meaning, Relation relation) {}

    /** What all pods of one class share. */
    private record Selected(Ints policies, NamedPorts ingressNames) {}

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

        Map<SetKey, Integer> numbers = new HashMap<>();
        SetKey nothing = new SetKey(new Ints(new int[0]), Map.of());
        numbers.put(nothing, VerdictTable.NOTHING_SELECTS);
        sets.add(nothing);
        Map<Integer, Selected> selected = new HashMap<>();
        setOf = new int[population.pods().size()];
        for (int i = 0; i < setOf.length; i++) {
            Pod pod = population.pods().get(i);
            Selected by =
                    selected.computeIfAbsent(classes.classOf(i), c -> selected(classes.features(c), policiesOfSubject));
            setOf[i] = numbers.computeIfAbsent(new SetKey(by.policies, by.ingressNames.on(pod)), key -> {
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
        return new Selected(new Ints(policies), new NamedPorts(rules.ingressNames(policies)));
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
                    side(compiler, Direction.INGRESS, policies, key.meaning),
                    side(compiler, Direction.EGRESS, policies, Map.of())));
        }
        return List.copyOf(out);
    }

    private PolicySet.Side side(
            RowCompiler compiler,
            Direction direction,
            int[] policies,
            Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        int[] speaking = Arrays.stream(policies)
                .filter(policy -> rules.speaks(direction, policy))
                .toArray();
        return new PolicySet.Side(
                rows(compiler, new ProgramKey(direction, new Ints(speaking), meaning, Relation.OTHER)),
                spared(compiler, direction, speaking, meaning, Relation.OWN_NODE),
                spared(compiler, direction, speaking, meaning, Relation.SELF));
    }

    /** Rows for a relation that a tier spares; only the policies up to that tier matter, and they are often the same. */
    private Rows spared(
            RowCompiler compiler,
            Direction direction,
            int[] speaking,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation) {
        for (int i = 0; i < speaking.length; i++) {
            if (rules.policies().get(speaking[i]).tier().sparesSelfAndOwnNode()) {
                return rows(
                        compiler,
                        new ProgramKey(direction, new Ints(Arrays.copyOf(speaking, i + 1)), meaning, relation));
            }
        }
        return rows(compiler, new ProgramKey(direction, new Ints(speaking), meaning, Relation.OTHER));
    }

    private Rows rows(RowCompiler compiler, ProgramKey key) {
        return rows.computeIfAbsent(
                key, k -> compiler.compile(rules.program(k.direction, k.policies.numbers(), k.meaning, k.relation)));
    }
}
