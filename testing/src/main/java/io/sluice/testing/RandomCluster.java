package io.sluice.testing;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.ServiceAccount;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Small random clusters in which everything meets: few labels, few addresses close together, few ports, so that rules
 * match often and at their edges. Pods with one, two or no addresses, on the host's network, not placed; nodes without
 * addresses; addresses that are held twice.
 */
public final class RandomCluster {
    static final List<String> NAMESPACES = List.of("alpha", "beta", "gamma");
    static final List<String> NODES = List.of("node-1", "node-2", "node-3");
    static final List<String> PORT_NAMES = List.of("web", "dns", "metrics");

    private final Chance chance;

    private RandomCluster(Chance chance) {
        this.chance = chance;
    }

    /**
     * A cluster with its policies.
     *
     * @param pods the most that it has
     * @param policies the most that it has
     */
    public static Snapshot of(Chance chance, int pods, int policies) {
        RandomCluster cluster = new RandomCluster(chance);
        return Snapshot.of(
                        cluster.namespaces(),
                        cluster.pods(chance.between(1, pods)),
                        cluster.nodes(),
                        List.of(),
                        RandomPolicies.of(chance, chance.between(policies / 2, policies)))
                .withNames(cluster.names());
    }

    private Map<Ip, Set<String>> names() {
        Map<Ip, Set<String>> out = new HashMap<>();
        for (int i = chance.below(4); i > 0; i--) {
            out.put(podAddress(chance, chance.percent(65)), Set.of(name(chance)));
        }
        return out;
    }

    static String name(Chance chance) {
        return chance.among("api.example.com", "a.b.example.com.");
    }

    /** An IPv4 address of the 16 that pods have, or an IPv6 one. */
    static Ip podAddress(Chance chance, boolean v4) {
        int host = chance.below(16);
        return Ip.parse(v4 ? "10.0.0." + host : "fd00::" + Integer.toHexString(host));
    }

    static Map<String, String> labels(Chance chance) {
        Map<String, String> labels = new TreeMap<>();
        for (String key : List.of("app", "tier")) {
            if (chance.percent(70)) {
                labels.put(key, chance.among("web", "db", ""));
            }
        }
        return labels;
    }

    private List<Namespace> namespaces() {
        List<Namespace> out = new ArrayList<>();
        for (String name : NAMESPACES) {
            if (chance.percent(80)) {
                out.add(new Namespace(name, labels(chance)));
            }
        }
        return out;
    }

    private List<Node> nodes() {
        List<Node> out = new ArrayList<>();
        for (String name : NODES) {
            if (chance.percent(80)) {
                out.add(node(chance, name));
            }
        }
        return out;
    }

    static Node node(Chance chance, String name) {
        int number = NODES.indexOf(name);
        List<Ip> ips = new ArrayList<>();
        if (chance.percent(80)) {
            ips.add(Ip.parse("10.0.0." + (16 + number)));
        }
        if (chance.percent(40)) {
            ips.add(Ip.parse("fd00::1" + number));
        }
        return new Node(name, labels(chance), ips);
    }

    private List<Pod> pods(int count) {
        List<Pod> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(pod(chance, "pod-" + i));
        }
        return out;
    }

    static Pod pod(Chance chance, String name) {
        String namespace = chance.among(NAMESPACES);
        List<Ip> ips = new ArrayList<>();
        if (chance.percent(75)) {
            ips.add(podAddress(chance, true));
        }
        if (chance.percent(50)) {
            ips.add(podAddress(chance, false));
        }
        return new Pod(
                namespace,
                name,
                labels(chance),
                chance.shuffled(ips),
                chance.percent(85) ? chance.among(NODES) : "",
                chance.percent(12),
                chance.some(4, () -> port(chance)),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE,
                chance.percent(70) ? ServiceAccount.DEFAULT : new ServiceAccount(chance.among("web", "db"), Map.of()));
    }

    private static ContainerPort port(Chance chance) {
        return new ContainerPort(
                chance.percent(20) ? "" : chance.among(PORT_NAMES),
                chance.among(Protocol.TCP, Protocol.UDP, Protocol.SCTP),
                chance.among(53, 80, 81, 8080, 65_535));
    }
}
