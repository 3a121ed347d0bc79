package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.DnsServers;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pods that some policy holds back from DNS, by the policy to name for it.
 *
 * @param blocked not even over UDP, though they may open other connections, or by a default deny in a namespace where
 *     nobody thought of DNS
 * @param closed they may open no connection at all, and nothing says that this is not meant
 * @param withoutTcp over UDP but not over TCP
 */
record DnsView(
        Map<Policy, List<PodGroup>> blocked,
        Map<Policy, List<PodGroup>> closed,
        Map<Policy, List<PodGroup>> withoutTcp) {

    static DnsView of(Cluster cluster) {
        return cluster.once(DnsView.class, DnsView::look);
    }

    private static DnsView look(Cluster cluster) {
        DnsView view = new DnsView(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        Map<PodGroup, List<Policy>> limited = new IdentityHashMap<>();
        Set<String> withDns = new HashSet<>();
        for (PodGroup group : cluster.subjects()) {
            Pod pod = group.pods().getFirst();
            List<Policy> policies = cluster.reach().policies(pod).stream()
                    .filter(policy -> policy.section(Direction.EGRESS).isPresent())
                    .toList();
            if (!policies.isEmpty() && !DnsServers.isDns(pod)) {
                limited.put(group, policies);
                if (cluster.reachesDns(pod, Protocol.UDP)) {
                    withDns.add(group.namespace());
                }
            }
        }
        for (PodGroup group : cluster.subjects()) {
            List<Policy> policies = limited.get(group);
            if (policies != null) {
                view.add(cluster, group, policies, withDns.contains(group.namespace()));
            }
        }
        return view;
    }

    /** @param withDns whether other pods of the namespace reach DNS */
    private void add(Cluster cluster, PodGroup group, List<Policy> policies, boolean withDns) {
        Pod pod = group.pods().getFirst();
        if (!cluster.reachesDns(pod, Protocol.UDP)) {
            Policy named = toName(policies);
            boolean byDefault = named.subject().pods().equals(Selector.ALL) && !withDns;
            Map<Policy, List<PodGroup>> into = byDefault || allowsSome(policies) ? blocked : closed;
            into.computeIfAbsent(named, _ -> new ArrayList<>()).add(group);
        } else if (!cluster.reachesDns(pod, Protocol.TCP)) {
            withoutTcp
                    .computeIfAbsent(opensUdp(policies), _ -> new ArrayList<>())
                    .add(group);
        }
    }

    /** One that isolates, the default deny if there is one, else the first in the order of the text. */
    private static Policy toName(List<Policy> policies) {
        return policies.stream()
                .min(Comparator.comparing((Policy p) ->
                                !p.section(Direction.EGRESS).orElseThrow().isolates())
                        .thenComparing(p -> p.subject().pods().equals(Selector.ALL) ? 0 : 1)
                        .thenComparing(Policy::position))
                .orElseThrow();
    }

    private static boolean allowsSome(List<Policy> policies) {
        for (Policy policy : policies) {
            for (Rule rule : policy.section(Direction.EGRESS).orElseThrow().rules()) {
                if (rule.action() == Action.ALLOW) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The policy with the rule that names UDP 53, else the first. */
    private static Policy opensUdp(List<Policy> policies) {
        return policies.stream()
                .filter(p -> DnsWithoutTcp.udpItem(p) >= 0)
                .min(Comparator.comparing(Policy::position))
                .orElseGet(() -> toName(policies));
    }
}
