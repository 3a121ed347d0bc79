package io.sluice.lab.net;

import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.lab.LabException;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes and unmakes the namespaces and links of a lab. */
public final class Network {
    /**
     * For every namespace. A fresh namespace takes its IPv4 settings from the machine, so nothing is left to chance.
     * Unreachable ports must answer each time, so that silence means a dropped packet; the kernel would answer about
     * once a second.
     */
    private static final Map<String, String> EVERYWHERE = Map.of(
            "ipv6/conf/all/disable_ipv6", "0",
            "ipv6/conf/default/disable_ipv6", "0",
            "ipv6/conf/default/accept_dad", "0",
            "ipv6/conf/default/accept_ra", "0",
            "ipv6/conf/all/accept_ra", "0",
            "ipv4/conf/all/rp_filter", "0",
            "ipv4/conf/default/rp_filter", "0",
            "ipv4/icmp_ratelimit", "0",
            "ipv4/icmp_msgs_per_sec", "100000",
            "ipv6/icmp/ratelimit", "0");

    private static final Map<String, String> ROUTERS = Map.of(
            "ipv4/conf/all/forwarding", "1",
            "ipv4/conf/default/forwarding", "1",
            "ipv4/conf/all/send_redirects", "0",
            "ipv4/conf/default/send_redirects", "0",
            "ipv6/conf/all/forwarding", "1");

    private Network() {}

    /** Makes everything for a placed snapshot, where nothing is yet. */
    public static void create(Snapshot placed, List<Ip> world) {
        List<String> routers = new ArrayList<>(List.of(Names.FABRIC));
        placed.nodes().forEach(n -> routers.add(Names.namespace(n)));
        List<String> ends = new ArrayList<>(List.of(Names.WORLD));
        List<Pod> pods = ownNetwork(placed);
        pods.forEach(p -> ends.add(Names.namespace(p)));
        addNamespaces(routers, ends);
        Links links = new Links();
        links.loopback(Names.FABRIC);
        links.world(world);
        placed.nodes().forEach(links::node);
        pods.forEach(p -> links.pod(p, placed));
        apply(links);
    }

    /** Adds the pods and world addresses that are new, and takes away those that are gone. */
    public static void change(Snapshot before, Snapshot after, List<Ip> worldBefore, List<Ip> worldAfter) {
        List<Pod> old = ownNetwork(before);
        List<Pod> now = ownNetwork(after);
        List<Pod> gone = old.stream()
                .filter(p -> now.stream().noneMatch(q -> sameNetwork(p, q)))
                .toList();
        List<Pod> come = now.stream()
                .filter(p -> old.stream().noneMatch(q -> sameNetwork(p, q)))
                .toList();
        Links removed = new Links();
        gone.forEach(removed::withoutPod);
        removed.withoutWorldAddresses(without(worldBefore, worldAfter));
        apply(removed);
        removeNamespaces(gone.stream().map(Names::namespace).toList());
        addNamespaces(List.of(), come.stream().map(Names::namespace).toList());
        Links added = new Links();
        come.forEach(p -> added.pod(p, after));
        added.worldAddresses(without(worldAfter, worldBefore));
        apply(added);
    }

    /** The pods with a network of their own. */
    public static List<Pod> ownNetwork(Snapshot placed) {
        return placed.pods().stream().filter(p -> !p.hostNetwork()).toList();
    }

    /** The names of all namespaces of a lab on this machine, complete or not. */
    public static List<String> namespaces() {
        return Folders.entries(Path.of("/run/netns")).stream()
                .map(p -> p.getFileName().toString())
                .filter(name -> name.startsWith(Names.PREFIX))
                .toList();
    }

    /** Takes namespaces away with all that is in them. Processes inside would keep them alive: end those first. */
    public static void removeNamespaces(List<String> names) {
        if (!names.isEmpty()) {
            Commands.ipLenient(
                    List.of("ip"), names.stream().map(n -> "netns del " + n).toList());
        }
    }

    private static boolean sameNetwork(Pod a, Pod b) {
        return a.fullName().equals(b.fullName())
                && a.node().equals(b.node())
                && a.ips().equals(b.ips());
    }

    private static List<Ip> without(List<Ip> all, List<Ip> some) {
        return all.stream().filter(ip -> !some.contains(ip)).toList();
    }

    private static void addNamespaces(List<String> routers, List<String> ends) {
        List<String> all = new ArrayList<>(routers);
        all.addAll(ends);
        Commands.ip(all.stream().map(n -> "netns add " + n).toList());
        routers.forEach(n -> {
            settings(n, EVERYWHERE);
            settings(n, ROUTERS);
        });
        ends.forEach(n -> settings(n, EVERYWHERE));
    }

    private static void apply(Links links) {
        links.lines().forEach(Commands::ipIn);
    }

    /** /proc/sys/net shows the namespace of the thread that looks. */
    private static void settings(String namespace, Map<String, String> values) {
        try {
            NetworkNamespace.named(namespace).call(() -> {
                for (Map.Entry<String, String> value : values.entrySet()) {
                    Path file = Path.of("/proc/sys/net", value.getKey());
                    // What is one setting for the whole machine does not show inside a namespace.
                    if (Files.exists(file)) {
                        Files.writeString(file, value.getValue());
                    }
                }
                return 0;
            });
        } catch (Exception e) {
            throw new LabException("cannot prepare the network namespace " + namespace + ": " + e.getMessage(), e);
        }
    }
}
