package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which policies select each pod. Pods share a set if the same policies select them and the port names of the ingress
 * rules among those mean the same on them. A set that nobody has any more gives its number back. Not thread-safe.
 */
final class PolicySets {
    private final RuleBook rules;
    private final FeatureSets classes;
    private final Programs programs;
    private final Tables tables;
    private final Map<Integer, List<PolicyEntry>> bySubject = new HashMap<>();
    private final Map<Integer, Selected> selected = new HashMap<>();

    /** The classes with a subject of which it is known what is selected. */
    private final Map<Integer, Set<Integer>> knownWith = new HashMap<>();

    private final Map<SetKey, Entry> sets = new HashMap<>();
    private final Map<Integer, List<Entry>> ofClass = new HashMap<>();
    private final List<@Nullable Entry> byId = new ArrayList<>();
    private final IntBag free = new IntBag();
    private final Map<ProgramKey, Shared> sources = new HashMap<>();
    private final Paged.Editor<SetCore> cores = new Paged.Editor<>();

    private record SetKey(int selection, Map<PortMatch.Named, Set<TrafficRange>> meaning) {}

    private record ProgramKey(
            Direction direction,
            Ints policies,
            BitSet holding,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation) {}

    /** What the sets of a program share. */
    private static final class Shared {
        final RowSource source;
        int uses;

        Shared(RowSource source) {
            this.source = source;
        }
    }

    private static final class Entry {
        final int id;
        final SetKey key;
        int members;
        List<ProgramKey> holds = List.of();

        Entry(int id, SetKey key) {
            this.id = id;
            this.key = key;
        }
    }

    /**
     * What all pods of one class share.
     *
     * @param selection the class without the conditions that none of the policies asks for
     * @param holding the conditions of their rules that the pods meet
     */
    record Selected(
            int selection, List<PolicyEntry> policies, BitSet holding, Set<PortMatch.Named> names, NamedPorts ports) {
        /** Whether pods keep their set when their class is read anew. */
        boolean keepsSetsOf(Selected before) {
            return selection == before.selection && names.equals(before.names);
        }
    }

    PolicySets(RuleBook rules, FeatureSets classes, Tables tables) {
        this.rules = rules;
        this.classes = classes;
        this.tables = tables;
        programs = new Programs(rules);
        acquire(new SetKey(FeatureSets.NONE, Map.of()));
    }

    void add(PolicyEntry policy) {
        bySubject.computeIfAbsent(policy.subject(), _ -> new ArrayList<>()).add(policy);
    }

    void remove(PolicyEntry policy) {
        bySubject.computeIfPresent(policy.subject(), (_, all) -> {
            all.remove(policy);
            return all.isEmpty() ? null : all;
        });
    }

    /** What is selected for the pods of a class. */
    Selected selected(int ofPods) {
        return selected.computeIfAbsent(ofPods, this::read);
    }

    /** What was known of the classes with some subjects, whose policies changed; it is forgotten. */
    Map<Integer, Selected> forget(Set<Integer> changedSubjects) {
        Map<Integer, Selected> forgotten = new HashMap<>();
        for (int subject : changedSubjects) {
            Set<Integer> known = knownWith.remove(subject);
            if (known != null) {
                for (int ofPods : known) {
                    Selected before = selected.remove(ofPods);
                    if (before != null) {
                        forgotten.put(ofPods, before);
                    }
                }
            }
        }
        return forgotten;
    }

    private Selected read(int ofPods) {
        List<PolicyEntry> policies = new ArrayList<>();
        IntBag subjects = new IntBag();
        BitSet asked = new BitSet();
        BitSet holding = new BitSet();
        Set<PortMatch.Named> names = new LinkedHashSet<>();
        for (int subject : classes.of(ofPods)) {
            holding.set(subject);
            knownWith.computeIfAbsent(subject, _ -> new HashSet<>()).add(ofPods);
            List<PolicyEntry> some = bySubject.get(subject);
            if (some != null) {
                policies.addAll(some);
                subjects.add(subject);
            }
        }
        policies.sort(PolicyEntry.EVALUATION_ORDER);
        for (PolicyEntry policy : policies) {
            asked.or(policy.conditions());
            names.addAll(policy.names(Direction.INGRESS));
        }
        holding.and(asked);
        BitSet all = (BitSet) holding.clone();
        for (int subject : subjects.sorted()) {
            all.set(subject);
        }
        return new Selected(
                classes.number(all.stream().toArray()),
                List.copyOf(policies),
                holding,
                Set.copyOf(names),
                new NamedPorts(names));
    }

    /** The set of a pod of a class, with one member more. */
    int acquire(int ofPods, Pod pod) {
        Selected by = selected(ofPods);
        return acquire(new SetKey(by.selection, by.ports.on(pod)));
    }

    private int acquire(SetKey key) {
        Entry known = sets.get(key);
        Entry entry = known != null ? known : make(key);
        entry.members++;
        return entry.id;
    }

    private Entry make(SetKey key) {
        Entry entry = new Entry(free.isEmpty() ? byId.size() : free.take(), key);
        if (entry.id == byId.size()) {
            byId.add(entry);
        } else {
            byId.set(entry.id, entry);
        }
        sets.put(key, entry);
        ofClass.computeIfAbsent(key.selection, _ -> new ArrayList<>()).add(entry);
        compile(entry);
        return entry;
    }

    /** The set has one member less. */
    void release(int id) {
        Entry entry = byId.get(id);
        if (entry != null && --entry.members == 0) {
            sets.remove(entry.key);
            ofClass.computeIfPresent(entry.key.selection, (_, all) -> {
                all.remove(entry);
                return all.isEmpty() ? null : all;
            });
            byId.set(id, null);
            free.add(id);
            cores.set(id, null);
            entry.holds.forEach(this::release);
        }
    }

    /** Reads anew what the policies say to the sets of a class. */
    void compileAgain(int selection) {
        ofClass.getOrDefault(selection, List.of()).forEach(this::compile);
    }

    private void compile(Entry entry) {
        List<ProgramKey> before = entry.holds;
        Selected by = selected(entry.key.selection);
        List<ProgramKey> holds = new ArrayList<>(6);
        cores.set(
                entry.id,
                new SetCore(
                        by.policies.stream().map(PolicyEntry::policy).toList(),
                        Stream.concat(
                                        sources(Direction.INGRESS, by, entry.key.meaning, holds).stream(),
                                        sources(Direction.EGRESS, by, Map.of(), holds).stream())
                                .toArray(RowSource[]::new)));
        entry.holds = holds;
        before.forEach(this::release);
    }

    /** By relation. */
    private List<RowSource> sources(
            Direction direction, Selected by, Map<PortMatch.Named, Set<TrafficRange>> meaning, List<ProgramKey> holds) {
        List<PolicyEntry> speaking = by.policies.stream()
                .filter(policy -> policy.said(direction).isPresent())
                .toList();
        List<RowSource> out = new ArrayList<>(SetCore.RELATIONS);
        for (Relation relation : Relation.values()) {
            out.add(source(direction, speaking, by.holding, meaning, relation, holds));
        }
        return out;
    }

    /** Only the policies that count for the relation make the key: they are often the same. */
    private RowSource source(
            Direction direction,
            List<PolicyEntry> speaking,
            BitSet holding,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation,
            List<ProgramKey> holds) {
        Programs.Concern concern = programs.concern(direction, speaking, relation);
        int[] numbers =
                concern.policies().stream().mapToInt(PolicyEntry::number).toArray();
        ProgramKey key = new ProgramKey(direction, new Ints(numbers), holding, meaning, concern.relation());
        Shared shared = sources.computeIfAbsent(
                key,
                _ -> new Shared(new RowSource(
                        programs.program(direction, concern.policies(), holding, meaning, concern.relation()),
                        tables)));
        shared.uses++;
        holds.add(key);
        return shared.source;
    }

    private void release(ProgramKey key) {
        Shared shared = sources.get(key);
        if (shared != null && --shared.uses == 0) {
            sources.remove(key);
        }
    }

    /** How many numbers were given; some of them may be free. */
    int count() {
        return byId.size();
    }

    Paged<SetCore> publish() {
        return cores.publish();
    }
}
