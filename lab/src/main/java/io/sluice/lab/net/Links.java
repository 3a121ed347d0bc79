package io.sluice.lab.net;

import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The links of a lab as lines for {@code ip -batch}, by the namespace they run in.
 *
 * <p>Every link is point-to-point between a parent (router) and a child: the child has its addresses as /32 and /128 and
 * one default route, the parent a host route to each address. So no two pods share a segment and every packet is
 * routed, as with the CNI plugin ptp. Neighbours are permanent: nothing has to be resolved, and the kernel's neighbour
 * table, whose limit of 1,024 counts over all namespaces of a machine, is not charged. Addresses skip duplicate
 * detection, which would keep them from use for a second.
 */
final class Links {
    /** The pods' gateway: their node's end of the link, the same on each. */
    private static final Gateway NODE = new Gateway("169.254.1.1", "fe80::1");

    /** The gateway of the nodes and of the world; a node would take its own pods' gateway for itself. */
    private static final Gateway FABRIC = new Gateway("169.254.1.2", "fe80::2");

    private final Map<String, List<String>> lines = new LinkedHashMap<>();

    /** Lines of {@code ip} by namespace, parents before their children. */
    Map<String, List<String>> lines() {
        return lines;
    }

    /** The addresses that gateways have: nobody else may. */
    static List<Ip> gateways() {
        return List.of(Ip.parse(NODE.v4), Ip.parse(FABRIC.v4));
    }

    void loopback(String namespace) {
        in(namespace).add("link set lo up");
    }

    void node(Node node) {
        String namespace = Names.namespace(node);
        link(Names.FABRIC, namespace, node.ips(), FABRIC, List.of());
    }

    void pod(Pod pod, Snapshot snapshot) {
        Node node = snapshot.node(pod.node()).orElseThrow();
        String namespace = Names.namespace(pod);
        String parent = Names.namespace(node);
        link(parent, namespace, pod.ips(), NODE, node.ips());
        pod.ips().forEach(ip -> behind(parent, ip));
    }

    /** What taking the pod away needs outside its own namespace. */
    void withoutPod(Pod pod) {
        in(Names.node(pod.node())).add("link del " + Names.link(Names.namespace(pod)));
        pod.ips().forEach(ip -> notBehind(Names.node(pod.node()), ip));
    }

    void world(List<Ip> ips) {
        link(Names.FABRIC, Names.WORLD, List.of(), FABRIC, List.of());
        worldAddresses(ips);
    }

    void worldAddresses(List<Ip> ips) {
        for (Ip ip : ips) {
            in(Names.WORLD).add("addr add " + host(ip) + " dev lo" + noDad(ip));
            behind(Names.WORLD, ip);
        }
    }

    void withoutWorldAddresses(List<Ip> ips) {
        for (Ip ip : ips) {
            notBehind(Names.WORLD, ip);
            in(Names.WORLD).add("addr del " + host(ip) + " dev lo");
        }
    }

    /** The fabric hands what is for the address to a namespace beside it, which need not hold the address itself. */
    private void behind(String neighbour, Ip ip) {
        String link = Names.link(neighbour);
        in(Names.FABRIC).add("route add " + ip + " dev " + link);
        in(Names.FABRIC).add(neighbour(ip.toString(), Names.mac(neighbour, false), link));
    }

    private void notBehind(String neighbour, Ip ip) {
        in(Names.FABRIC).add("route del " + ip);
        in(Names.FABRIC).add("neigh del " + ip + " dev " + Names.link(neighbour));
    }

    private void link(String parent, String child, List<Ip> ips, Gateway gateway, List<Ip> parentIps) {
        String name = Names.link(child);
        String childMac = Names.mac(child, false);
        String parentMac = Names.mac(child, true);
        List<String> up = in(parent);
        up.add("link add " + name + " address " + parentMac + " type veth peer name " + Names.UPLINK + " address "
                + childMac + " netns " + child);
        up.add("link set " + name + " addrgenmode none alias " + child + " up");
        up.add("addr add " + gateway.v4 + "/32 dev " + name);
        up.add("addr add " + gateway.v6 + "/128 dev " + name + " nodad");
        loopback(child);
        List<String> down = in(child);
        down.add("link set " + Names.UPLINK + " addrgenmode none up");
        for (Ip ip : ips) {
            down.add("addr add " + host(ip) + " dev " + Names.UPLINK + noDad(ip));
            up.add("route add " + ip + " dev " + name + source(ip, parentIps));
            up.add(neighbour(ip.toString(), childMac, name));
        }
        down.add("route add " + gateway.v4 + " dev " + Names.UPLINK);
        for (String address : List.of(gateway.v4, gateway.v6)) {
            down.add(neighbour(address, parentMac, Names.UPLINK));
            down.add("route add default via " + address + " dev " + Names.UPLINK);
        }
    }

    /** What the parent sends to the child comes from the parent's own first address of the family, not the gateway's. */
    private static String source(Ip child, List<Ip> parentIps) {
        return parentIps.stream()
                .filter(ip -> ip.isV4() == child.isV4())
                .findFirst()
                .map(ip -> " src " + ip)
                .orElse("");
    }

    private static String neighbour(String address, String mac, String device) {
        return "neigh add " + address + " lladdr " + mac + " dev " + device + " nud permanent";
    }

    private static String host(Ip ip) {
        return ip + "/" + ip.bits();
    }

    private static String noDad(Ip ip) {
        return ip.isV4() ? "" : " nodad";
    }

    private List<String> in(String namespace) {
        return lines.computeIfAbsent(namespace, n -> new ArrayList<>());
    }

    private record Gateway(String v4, String v6) {}
}
