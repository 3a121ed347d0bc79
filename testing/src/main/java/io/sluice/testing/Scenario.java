package io.sluice.testing;

import io.sluice.policy.model.Change;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** A cluster and what happens to it, one change after the other. */
public record Scenario(Snapshot start, List<Change> changes) {
    public Scenario {
        changes = List.copyOf(changes);
    }

    /** A way through the states of a scenario: steps of changes that are made at once. */
    public enum Way {
        ONE_BY_ONE,
        /** From the last state back to the first. */
        REVERSED,
        /** Each change by way of states in between: a pod goes before it comes back, a policy loses its rules first. */
        SPLIT,
        /** All changes at once. */
        SQUASHED,
        /** Only what is different at the end. */
        NET,
        /** Each change is made, taken back, and made again. */
        TAKEN_BACK
    }

    /** The cluster before a way through the scenario and the steps of it. */
    public record Path(Snapshot start, List<List<Change>> steps) {}

    /** The states, the first and the last included. */
    public List<Snapshot> states() {
        List<Snapshot> states = new ArrayList<>(List.of(start));
        changes.forEach(change -> states.add(change.appliedTo(states.getLast())));
        return states;
    }

    public Path path(Way way) {
        List<Snapshot> states = states();
        List<List<Change>> steps = new ArrayList<>();
        switch (way) {
            case ONE_BY_ONE -> changes.forEach(change -> steps.add(List.of(change)));
            case REVERSED -> {
                Collections.reverse(states);
                for (int i = 1; i < states.size(); i++) {
                    steps.add(Change.between(states.get(i - 1), states.get(i)));
                }
            }
            case SPLIT -> {
                Snapshot now = start;
                for (Change change : changes) {
                    for (Change part : split(change, now)) {
                        steps.add(List.of(part));
                        now = part.appliedTo(now);
                    }
                }
            }
            case SQUASHED -> steps.add(changes);
            case NET -> steps.add(Change.between(start, states.getLast()));
            case TAKEN_BACK -> {
                for (int i = 1; i < states.size(); i++) {
                    List<Change> change = Change.between(states.get(i - 1), states.get(i));
                    steps.add(change);
                    steps.add(Change.between(states.get(i), states.get(i - 1)));
                    steps.add(change);
                }
            }
        }
        return new Path(way == Way.REVERSED ? states.getFirst() : start, steps);
    }

    private static List<Change> split(Change change, Snapshot now) {
        return switch (change) {
            case Change.PutPod(Pod pod)
            when now.pods().stream().anyMatch(pod::isSame) ->
                List.of(new Change.RemovePod(pod.namespace(), pod.name()), change);
            case Change.PutPod(Pod pod) ->
                List.of(
                        new Change.PutPod(new Pod(
                                pod.namespace(),
                                pod.name(),
                                Map.of(),
                                List.of(),
                                "",
                                false,
                                List.of(),
                                pod.workload(),
                                pod.position())),
                        new Change.PutPod(pod.at("", List.of())),
                        change);
            case Change.PutPolicy(Policy policy) ->
                List.of(
                        new Change.PutPolicy(policy.with(List.of())),
                        new Change.PutPolicy(policy.with(policy.sections().stream()
                                .limit(1)
                                .map(Section::withoutIsolation)
                                .toList())),
                        change);
            case Change.PutNamespace(Namespace namespace) ->
                List.of(new Change.PutNamespace(new Namespace(namespace.name(), Map.of())), change);
            case Change.PutNode(var node) -> List.of(new Change.RemoveNode(node.name()), change);
            case Change.RemovePod _,
                    Change.RemoveNamespace _,
                    Change.RemoveNode _,
                    Change.RemovePolicy _,
                    Change.Resolved _,
                    Change.Services _,
                    Change.Entrances _,
                    Change.PutMesh _ -> List.of(change);
        };
    }

    /** One that still fails and of which no single piece can be taken away. */
    public Scenario smallest(Predicate<Scenario> fails) {
        Scenario smallest = this;
        for (Optional<Scenario> next = Optional.of(this); next.isPresent(); ) {
            smallest = next.get();
            Scenario now = smallest;
            next = IntStream.range(0, now.changes.size())
                    .mapToObj(now::without)
                    .filter(fails)
                    .findFirst();
        }
        List<Change> left = smallest.changes;
        return new Scenario(Shrink.smallest(smallest.start, s -> fails.test(new Scenario(s, left))), left);
    }

    private Scenario without(int change) {
        List<Change> fewer = new ArrayList<>(changes);
        fewer.remove(change);
        return new Scenario(start, fewer);
    }

    /** What it is, to be saved and to be read: one cluster where nothing happens, else the one before and the one after. */
    @Override
    public String toString() {
        if (changes.isEmpty()) {
            return Manifest.of(start);
        }
        StringBuilder out = new StringBuilder("# before\n").append(Manifest.of(start));
        changes.forEach(change -> out.append("# change: ").append(change).append('\n'));
        return out.append("# after\n").append(Manifest.of(states().getLast())).toString();
    }
}
