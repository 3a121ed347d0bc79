package io.sluice.testing;

import io.sluice.policy.model.Change;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import java.util.List;
import java.util.Set;

/**
 * Random changes of a random cluster, so that everything comes, goes and becomes something else: pods that get other
 * labels, addresses, nodes, ports or networks; namespaces and nodes with other labels; policies that are edited, replaced
 * and taken away; addresses that get and lose domain names.
 */
public final class RandomChanges {
    private static final int NAMES = 14;

    private final Chance chance;

    public RandomChanges(Chance chance) {
        this.chance = chance;
    }

    /** A change that can be made of a cluster; now and then it changes nothing. */
    public Change next(Snapshot cluster) {
        int kind = chance.below(100);
        if (kind < 35) {
            return pod(cluster);
        }
        if (kind < 45) {
            return namespace(cluster);
        }
        if (kind < 55) {
            String name = chance.among(RandomCluster.NODES);
            return chance.percent(30)
                    ? new Change.RemoveNode(name)
                    : new Change.PutNode(RandomCluster.node(chance, name));
        }
        return kind < 92 ? policy(cluster) : resolved(cluster);
    }

    private Change pod(Snapshot cluster) {
        if (cluster.pods().isEmpty() || chance.percent(25)) {
            return new Change.PutPod(RandomCluster.pod(chance, "pod-" + chance.below(NAMES)));
        }
        Pod pod = chance.among(cluster.pods());
        if (chance.percent(25)) {
            return new Change.RemovePod(pod.namespace(), pod.name());
        }
        Pod other = RandomCluster.pod(chance, pod.name());
        boolean labels = chance.percent(50);
        boolean place = chance.percent(30);
        return new Change.PutPod(new Pod(
                pod.namespace(),
                pod.name(),
                labels ? other.labels() : pod.labels(),
                place ? other.ips() : pod.ips(),
                place ? other.node() : pod.node(),
                chance.percent(20) ? other.hostNetwork() : pod.hostNetwork(),
                chance.percent(30) ? other.ports() : pod.ports(),
                pod.workload(),
                pod.position(),
                labels ? other.account() : pod.account()));
    }

    private Change namespace(Snapshot cluster) {
        String name = chance.among(RandomCluster.NAMESPACES);
        boolean empty = cluster.pods().stream().noneMatch(pod -> pod.namespace().equals(name));
        return empty && chance.percent(50)
                ? new Change.RemoveNamespace(name)
                : new Change.PutNamespace(new Namespace(name, RandomCluster.labels(chance)));
    }

    private Change policy(Snapshot cluster) {
        if (cluster.policies().isEmpty() || chance.percent(30)) {
            return new Change.PutPolicy(RandomPolicies.one(chance, "p" + chance.below(NAMES)));
        }
        Policy policy = chance.among(cluster.policies());
        if (chance.percent(30)) {
            return new Change.RemovePolicy(policy.id());
        }
        Policy other = RandomPolicies.one(chance, policy.id().name());
        if (!other.id().equals(policy.id())) {
            return new Change.PutPolicy(edited(policy));
        }
        return new Change.PutPolicy(
                chance.percent(50)
                        ? other
                        : new Policy(
                                policy.id(),
                                policy.position(),
                                policy.tier(),
                                policy.priority(),
                                policy.combining(),
                                chance.percent(50) ? other.subject() : policy.subject(),
                                chance.percent(50) ? other.sections() : policy.sections()));
    }

    /** A rule less, or the rules in another order. */
    private Policy edited(Policy policy) {
        return policy.with(policy.sections().stream().map(this::edited).toList());
    }

    private Section edited(Section section) {
        if (section.rules().isEmpty()) {
            return chance.percent(50) ? section.withoutIsolation() : section;
        }
        return section.with(
                chance.percent(50)
                        ? chance.shuffled(section.rules())
                        : section.rules().subList(0, section.rules().size() - 1));
    }

    private Change resolved(Snapshot cluster) {
        if (!cluster.names().isEmpty() && chance.percent(40)) {
            return new Change.Resolved(chance.among(List.copyOf(cluster.names().keySet())), Set.of());
        }
        return new Change.Resolved(
                RandomCluster.podAddress(chance, chance.percent(65)), Set.of(RandomCluster.name(chance)));
    }
}
