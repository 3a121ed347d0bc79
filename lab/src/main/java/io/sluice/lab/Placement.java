package io.sluice.lab;

import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives a snapshot what a scheduler and an address manager would: nodes, a node for each pod, addresses of both
 * families for nodes, pods and Services, and a DNS server. What the snapshot says already is kept.
 *
 * <p>Stable: the same snapshot is always placed the same way, and what a former placement had keeps its place.
 */
public final class Placement {
    static final Cidr PODS_V4 = Cidr.parse("10.244.0.0/16");
    static final Cidr PODS_V6 = Cidr.parse("fd00:10:244::/48");
    static final Cidr NODES_V4 = Cidr.parse("172.18.0.0/16");
    static final Cidr NODES_V6 = Cidr.parse("fd00:172:18::/64");
    static final Cidr SERVICES_V4 = Cidr.parse("10.96.0.0/16");
    static final Cidr SERVICES_V6 = Cidr.parse("fd00:10:96::/112");

    /** The prefixes that only pods hold. */
    public static List<Cidr> podRanges() {
        return List.of(PODS_V4, PODS_V6);
    }

    /** How many nodes there are where neither the snapshot nor the user says. */
    public static final int DEFAULT_NODES = 2;

    /** The first addresses of a Service range belong to the API server and to DNS. */
    private static final int FIRST_SERVICE = 11;

    private final Snapshot snapshot;
    private final Snapshot former;
    private final Set<Ip> taken = new HashSet<>();

    private Placement(Snapshot snapshot, Snapshot former) {
        this.snapshot = ClusterDns.added(snapshot);
        this.former = former;
        Stream.of(this.snapshot, former).forEach(s -> {
            s.pods().forEach(p -> taken.addAll(p.ips()));
            s.nodes().forEach(n -> taken.addAll(n.ips()));
            s.services().forEach(v -> taken.addAll(v.clusterIps()));
        });
        taken.add(ClusterDns.SERVICE_V4);
        taken.add(ClusterDns.SERVICE_V6);
    }

    /**
     * Places a snapshot.
     *
     * @param nodes how many nodes there shall be at least; 0 for those that the snapshot names, or
     *     {@value #DEFAULT_NODES} if it names none
     * @throws LabException if two pods or nodes hold the same address, or a range is used up
     */
    public static Snapshot of(Snapshot snapshot, int nodes) {
        return new Placement(snapshot, Snapshot.of(List.of(), List.of(), List.of(), List.of(), List.of())).place(nodes);
    }

    /**
     * Places a snapshot on the nodes of a former placement; pods and Services that were there keep their addresses.
     *
     * @throws LabException if two pods or nodes hold the same address, or a range is used up
     */
    public static Snapshot after(Snapshot former, Snapshot snapshot) {
        return new Placement(snapshot, former).place(0);
    }

    private Snapshot place(int atLeast) {
        List<Node> nodes = nodes(atLeast);
        Snapshot placed = snapshot.withPods(pods(nodes)).withNodes(nodes).withServices(services());
        refuseSharedAddresses(placed);
        return placed;
    }

    private List<Node> nodes(int atLeast) {
        Map<String, Node> byName = new LinkedHashMap<>();
        former.nodes().forEach(n -> byName.put(n.name(), n));
        snapshot.nodes()
                .forEach(n -> byName.merge(
                        n.name(),
                        n,
                        (old, now) -> now.ips().isEmpty() ? new Node(now.name(), now.labels(), old.ips()) : now));
        if (byName.isEmpty() && atLeast == 0) {
            // A dump of pods without nodes: who shares a node with whom matters to policies (own node), so keep it.
            snapshot.pods().stream()
                    .map(Pod::node)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .forEach(name -> byName.put(name, unaddressed(name)));
        }
        int count = Math.max(byName.size(), atLeast > 0 ? atLeast : byName.isEmpty() ? DEFAULT_NODES : 0);
        for (int i = 1; byName.size() < count; i++) {
            byName.computeIfAbsent("node-" + i, Placement::unaddressed);
        }
        AddressPool v4 = new AddressPool(NODES_V4, 2, taken);
        AddressPool v6 = new AddressPool(NODES_V6, 2, taken);
        return byName.values().stream()
                .map(n -> n.ips().isEmpty() ? new Node(n.name(), n.labels(), List.of(v4.take(), v6.take())) : n)
                .toList();
    }

    private static Node unaddressed(String name) {
        return new Node(name, Map.of("kubernetes.io/hostname", name), List.of());
    }

    /** A node and the addresses it has to give. */
    private record Site(Node node, AddressPool v4, AddressPool v6) {}

    private List<Pod> pods(List<Node> nodes) {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            sites.add(new Site(
                    nodes.get(i),
                    new AddressPool(share(PODS_V4, 24, i, nodes.size()), 2, taken),
                    new AddressPool(share(PODS_V6, 64, i, nodes.size()), 2, taken)));
        }
        Map<String, Pod> before = new HashMap<>();
        former.pods().forEach(p -> before.put(p.fullName(), p));
        List<Pod> placed = new ArrayList<>();
        int turn = 0;
        for (Pod pod : snapshot.pods()) {
            Optional<Pod> old = Optional.ofNullable(before.get(pod.fullName()));
            Optional<Site> known = site(sites, pod.node()).or(() -> old.flatMap(p -> site(sites, p.node())));
            Site site = known.isPresent() ? known.get() : sites.get(turn++ % sites.size());
            placed.add(pod.at(site.node.name(), addresses(pod, old, site)));
        }
        return placed;
    }

    private static Optional<Site> site(List<Site> sites, String node) {
        return sites.stream().filter(s -> s.node.name().equals(node)).findFirst();
    }

    private static List<Ip> addresses(Pod pod, Optional<Pod> old, Site site) {
        if (pod.hostNetwork()) {
            return site.node.ips();
        }
        if (!pod.ips().isEmpty()) {
            return pod.ips();
        }
        // A pod that moved to another node, or left its node's network, gets new addresses, as in a cluster.
        return old.filter(p -> !p.hostNetwork() && p.node().equals(site.node.name()))
                .map(Pod::ips)
                .orElseGet(() -> List.of(site.v4.take(), site.v6.take()));
    }

    /** The i-th node's part of the pod range: of the usual length, or longer where there are few enough nodes. */
    private static Cidr share(Cidr range, int usual, int index, int nodes) {
        int length = usual;
        while (nodes > 1L << (length - range.length())) {
            length++;
        }
        // A node's /24 is too small for a lab of several hundred pods on one or two nodes.
        while (range.isV4() && length > range.length() && (long) nodes << 1 <= 1L << (length - range.length())) {
            length--;
        }
        int hostBits = range.base().bits() - length;
        Ip base = range.base();
        return hostBits >= 64
                ? new Cidr(new Ip(base.high() + ((long) index << (hostBits - 64)), base.low()), length)
                : new Cidr(AddressPool.plus(base, (long) index << hostBits), length);
    }

    private List<Service> services() {
        Map<String, Service> before = new HashMap<>();
        former.services().forEach(s -> before.put(s.namespace() + "/" + s.name(), s));
        AddressPool v4 = new AddressPool(SERVICES_V4, FIRST_SERVICE, taken);
        AddressPool v6 = new AddressPool(SERVICES_V6, FIRST_SERVICE, taken);
        List<Service> placed = new ArrayList<>();
        for (Service service : snapshot.services()) {
            if (service.headless()
                    || !service.clusterIps().isEmpty()
                    || service.type().equals("ExternalName")) {
                placed.add(service);
                continue;
            }
            Service old = before.get(service.namespace() + "/" + service.name());
            List<Ip> ips = old != null && !old.clusterIps().isEmpty()
                    ? old.clusterIps()
                    : ClusterDns.isDnsService(service)
                            ? List.of(ClusterDns.SERVICE_V4, ClusterDns.SERVICE_V6)
                            : List.of(v4.take(), v6.take());
            placed.add(new Service(
                    service.namespace(),
                    service.name(),
                    service.type(),
                    service.selector(),
                    false,
                    ips,
                    service.ports(),
                    service.position()));
        }
        return placed;
    }

    private static void refuseSharedAddresses(Snapshot placed) {
        Map<Ip, String> holders = new HashMap<>();
        placed.nodes().forEach(n -> new LinkedHashSet<>(n.ips()).forEach(ip -> hold(holders, ip, "node " + n.name())));
        placed.pods().stream()
                .filter(p -> !p.hostNetwork())
                .forEach(p -> new LinkedHashSet<>(p.ips()).forEach(ip -> hold(holders, ip, "pod " + p.fullName())));
    }

    private static void hold(Map<Ip, String> holders, Ip ip, String holder) {
        String other = holders.put(ip, holder);
        if (other != null) {
            throw new LabException(other + " and " + holder + " both have the address " + ip);
        }
    }
}
