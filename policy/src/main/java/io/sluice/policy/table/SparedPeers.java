package io.sluice.policy.table;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Spared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a policy is needed for what it spares: the pod itself, reached through a Service, and the node that it runs on.
 * A program says that some policy spares them and not which; so the table is built again without the policy, for the few
 * policies that are the only ones to spare anybody in some policy set.
 */
final class SparedPeers {
    private final VerdictTable table;
    private final VerdictTable without;

    private SparedPeers(VerdictTable table, VerdictTable without) {
        this.table = table;
        this.without = without;
    }

    /**
     * A packet whose verdict changes with the policy's removal, of those between a pod and itself or its node.
     *
     * @param removed those that are gone, the policy among them
     */
    static Optional<Removals.Witness> witness(VerdictTable table, Policy policy, Set<PolicyId> removed) {
        Map<Integer, Set<Direction>> alone = new HashMap<>();
        for (PolicySet set : table.policySets()) {
            for (Direction direction : Direction.values()) {
                if (isAlone(set, policy, direction, removed)) {
                    alone.computeIfAbsent(set.id(), _ -> new java.util.HashSet<>())
                            .add(direction);
                }
            }
        }
        if (alone.isEmpty()) {
            return Optional.empty();
        }
        Snapshot snapshot = table.snapshot();
        VerdictTable without = VerdictTable.of(snapshot.withPolicies(snapshot.policies().stream()
                .filter(p -> !removed.contains(p.id()))
                .toList()));
        return new SparedPeers(table, without).witness(alone);
    }

    private static boolean isAlone(PolicySet set, Policy policy, Direction direction, Set<PolicyId> removed) {
        Set<Spared> spared = policy.section(direction).map(Section::spares).orElse(Set.of());
        return set.policies().contains(policy)
                && spared.stream()
                        .anyMatch(who -> set.policies().stream()
                                .noneMatch(other -> !removed.contains(other.id())
                                        && (other.isCombinedWith(policy) || other.equals(policy))
                                        && other.section(direction)
                                                .filter(s -> s.spares().contains(who))
                                                .isPresent()));
    }

    private Optional<Removals.Witness> witness(Map<Integer, Set<Direction>> alone) {
        AddressBook book = AddressBook.of(table.snapshot());
        for (Pod pod : table.snapshot().pods()) {
            for (Direction direction : alone.getOrDefault(table.policySetOf(pod), Set.of())) {
                for (Party peer : peers(pod, book)) {
                    Optional<Removals.Witness> found = compare(pod, peer, direction);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<Party> peers(Pod pod, AddressBook book) {
        List<Party> out = new ArrayList<>();
        if (!pod.hostNetwork()) {
            if (pod.ips().isEmpty()) {
                out.add(book.partyOf(pod));
            }
            pod.ips().forEach(ip -> out.add(new Party.OfPod(pod, ip)));
        }
        for (Node node : table.snapshot().nodes()) {
            if (node.runs(pod)) {
                if (node.ips().isEmpty()) {
                    out.add(new Party.OfNode(node, null));
                }
                node.ips().forEach(ip -> out.add(new Party.OfNode(node, ip)));
            }
        }
        return out;
    }

    private Optional<Removals.Witness> compare(Pod pod, Party peer, Direction direction) {
        Relation relation = peer instanceof Party.OfPod ? Relation.SELF : Relation.OWN_NODE;
        int set = table.policySetOf(pod);
        int identity = table.identityOf(peer);
        PortTable now = table.row(set, direction, identity, relation);
        PortTable then = without.row(without.policySetOf(pod), direction, without.identityOf(peer), relation);
        List<PortTable.Entry> entries = new ArrayList<>(now.entries());
        entries.addAll(then.entries());
        return entries.stream()
                .map(PortTable.Entry::first)
                .filter(key -> now.at(key).verdict() != then.at(key).verdict())
                .findFirst()
                .map(key -> new Removals.Witness(set, direction, relation, identity, key, now.at(key), then.at(key)));
    }
}
