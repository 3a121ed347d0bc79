package io.sluice.lab.net;

import io.sluice.lab.LabException;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What kube-proxy does for ClusterIPs, as one nftables table for a node: destination translation before routing, so
 * that whoever filters in FORWARD sees the backend and its target port.
 *
 * <p>One look-up by address, protocol and port leads to the chain of a Service's port, which picks a backend at random.
 * A pod that reaches itself this way must not see its own address as the source, or its reply would never come back
 * through the translation; such connections come from the node's address (hairpin).
 */
public final class ServiceRules {
    static final String TABLE = "inet sluice-lab-services";

    private ServiceRules() {}

    /** Puts the Services of a placed snapshot in force on every node, each in one step. */
    public static void apply(Snapshot placed) {
        for (Node node : placed.nodes()) {
            String text = text(node, placed);
            try {
                Commands.runIn(Names.namespace(node), List.of("nft", "-f", "-"), text);
            } catch (LabException e) {
                throw new LabException("cannot translate Services on node " + node.name() + ": " + e.getMessage(), e);
            }
        }
    }

    /** The table of a node, as input for {@code nft -f} that replaces the former one. */
    static String text(Node node, Snapshot placed) {
        Map<String, String> v4 = new LinkedHashMap<>();
        Map<String, String> v6 = new LinkedHashMap<>();
        StringBuilder chains = new StringBuilder();
        int count = 0;
        for (Service service : placed.services()) {
            for (ServicePort port : service.ports()) {
                for (Ip ip : service.clusterIps()) {
                    List<Backends.Backend> backends = Backends.of(service, port, ip.isV4(), placed);
                    String key = ip + " . " + protocol(port) + " . " + port.port();
                    if (!backends.isEmpty() && !(ip.isV4() ? v4 : v6).containsKey(key)) {
                        String chain = "service-" + count++;
                        (ip.isV4() ? v4 : v6).put(key, "goto " + chain);
                        chains.append(chain(chain, port, ip.isV4(), backends));
                    }
                }
            }
        }
        StringBuilder out =
                new StringBuilder("table " + TABLE + "\ndelete table " + TABLE + "\ntable " + TABLE + " {\n");
        String dispatch = set(out, "map", "ports4", "ipv4_addr . inet_proto . inet_service : verdict", entries(v4))
                ? "    ip daddr . meta l4proto . th dport vmap @ports4\n"
                : "";
        dispatch += set(out, "map", "ports6", "ipv6_addr . inet_proto . inet_service : verdict", entries(v6))
                ? "    ip6 daddr . meta l4proto . th dport vmap @ports6\n"
                : "";
        String hairpin = hairpin(out, node, placed, true) + hairpin(out, node, placed, false);
        return out + chains.toString()
                + chain("prerouting", "type nat hook prerouting priority dstnat;\n" + dispatch)
                + chain("output", "type nat hook output priority -100;\n" + dispatch)
                + chain("postrouting", "type nat hook postrouting priority srcnat;\n" + hairpin) + "}\n";
    }

    private static String chain(String name, ServicePort port, boolean v4, List<Backends.Backend> backends) {
        String targets = IntStream.range(0, backends.size())
                .mapToObj(i -> i + " : " + backends.get(i).ip() + " . "
                        + backends.get(i).port())
                .collect(Collectors.joining(", "));
        return chain(
                name,
                "meta l4proto " + protocol(port) + " dnat " + family(v4) + " to numgen random mod " + backends.size()
                        + " map { " + targets + " }\n");
    }

    private static String chain(String name, String body) {
        return "  chain " + name + " {\n    " + body + "  }\n";
    }

    /** @return the rule that uses the set of the node's pods, which is written before it */
    private static String hairpin(StringBuilder out, Node node, Snapshot placed, boolean v4) {
        List<Ip> own = node.ips().stream().filter(ip -> ip.isV4() == v4).toList();
        List<String> pairs = new ArrayList<>();
        for (Pod pod : Network.ownNetwork(placed)) {
            if (pod.node().equals(node.name())) {
                pod.ips().stream().filter(ip -> ip.isV4() == v4).forEach(ip -> pairs.add(ip + " . " + ip));
            }
        }
        String name = v4 ? "hairpin4" : "hairpin6";
        String type = v4 ? "ipv4_addr . ipv4_addr" : "ipv6_addr . ipv6_addr";
        if (own.isEmpty() || !set(out, "set", name, type, pairs)) {
            return "";
        }
        return "    ct status dnat " + family(v4) + " saddr . " + family(v4) + " daddr @" + name + " snat " + family(v4)
                + " to " + own.getFirst() + "\n";
    }

    private static boolean set(StringBuilder out, String kind, String name, String type, List<String> elements) {
        if (!elements.isEmpty()) {
            out.append("  ").append(kind).append(' ').append(name).append(" {\n    type ");
            out.append(type).append("\n    elements = { ");
            out.append(String.join(",\n      ", elements)).append(" }\n  }\n");
        }
        return !elements.isEmpty();
    }

    private static List<String> entries(Map<String, String> map) {
        return map.entrySet().stream()
                .map(e -> e.getKey() + " : " + e.getValue())
                .toList();
    }

    private static String family(boolean v4) {
        return v4 ? "ip" : "ip6";
    }

    private static String protocol(ServicePort port) {
        return port.protocol().toString().toLowerCase(Locale.ROOT);
    }
}
