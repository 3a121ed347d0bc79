package io.sluice.policy.table;

import io.sluice.policy.model.Change;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Spared;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether a policy is needed for what it spares: the pod itself, reached through a Service, and the node that it runs on.
 * A program says that some policy spares them and not which; so the policies that are the only ones to spare anybody in
 * some policy set are taken out of a table that lives beside the first. Not thread-safe.
 */
final class SparedPeers {
    private final VerdictTable table;
    private final LiveTable remaining;
    private final Map<PolicyId, List<PolicySet>> sets = new HashMap<>();
    private final Map<Integer, List<Pod>> pods = new HashMap<>();
    private final OwnPeers own;

    SparedPeers(VerdictTable table, OwnPeers own) {
        this.table = table;
        this.own = own;
        remaining = LiveTable.of(table.snapshot());
        for (PolicySet set : table.policySets()) {
            set.policies()
                    .forEach(policy -> sets.computeIfAbsent(policy.id(), _ -> new ArrayList<>())
                            .add(set));
        }
        table.snapshot()
                .pods()
                .forEach(pod -> pods.computeIfAbsent(table.policySetOf(pod), _ -> new ArrayList<>())
                        .add(pod));
    }

    /**
     * Takes a policy away, unless the verdict of a packet between a pod and itself or its node would change; that packet
     * then.
     *
     * @param removed those that are gone, the policy among them
     */
    Optional<Removals.Witness> remove(Policy policy, Set<PolicyId> removed) {
        remaining.apply(new Change.RemovePolicy(policy.id()));
        Optional<Removals.Witness> witness = sets.getOrDefault(policy.id(), List.of()).stream()
                .flatMap(set -> witnesses(set, policy, removed))
                .findFirst();
        if (witness.isPresent()) {
            remaining.apply(new Change.PutPolicy(policy));
        }
        return witness;
    }

    private Stream<Removals.Witness> witnesses(PolicySet set, Policy policy, Set<PolicyId> removed) {
        Set<Direction> alone = EnumSet.noneOf(Direction.class);
        for (Direction direction : Direction.values()) {
            if (isAlone(set, policy, direction, removed)) {
                alone.add(direction);
            }
        }
        return alone.isEmpty()
                ? Stream.empty()
                : pods.getOrDefault(set.id(), List.of()).stream()
                        .flatMap(pod -> alone.stream()
                                .flatMap(direction -> Stream.of(Relation.SELF, Relation.OWN_NODE)
                                        .flatMap(relation -> own.of(pod, relation).stream()
                                                .flatMap(peer -> compare(pod, peer, relation, direction).stream()))));
    }

    private static boolean isAlone(PolicySet set, Policy policy, Direction direction, Set<PolicyId> removed) {
        Set<Spared> spared = policy.section(direction).map(Section::spares).orElse(Set.of());
        return spared.stream()
                .anyMatch(who -> set.policies().stream()
                        .noneMatch(other -> !removed.contains(other.id())
                                && other.isCombinedWith(policy)
                                && other.section(direction)
                                        .filter(s -> s.spares().contains(who))
                                        .isPresent()));
    }

    private Optional<Removals.Witness> compare(Pod pod, Party peer, Relation relation, Direction direction) {
        VerdictTable without = remaining.table();
        int set = table.policySetOf(pod);
        int identity = table.identityOf(peer);
        PortTable now = table.row(set, direction, identity, relation);
        PortTable then = without.row(without.policySetOf(pod), direction, without.identityOf(peer), relation);
        return Stream.concat(now.entries().stream(), then.entries().stream())
                .map(PortTable.Entry::first)
                .filter(key -> now.at(key).verdict() != then.at(key).verdict())
                .findFirst()
                .map(key -> new Removals.Witness(set, direction, relation, identity, key, now.at(key), then.at(key)));
    }
}
