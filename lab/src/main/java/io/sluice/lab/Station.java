package io.sluice.lab;

import io.sluice.lab.RulePorts.Port;
import io.sluice.lab.net.Names;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network namespace and what answers in it.
 *
 * @param answers by port, the name that is given as the answer
 * @param addresses that the namespace holds
 * @param exactAddresses whether UDP is bound to each address: a reply from a socket bound to all of them would leave
 *     with the first
 */
record Station(String namespace, SortedMap<Port, String> answers, List<Ip> addresses, boolean exactAddresses) {
    /** What the kubelet listens on: the port of a node that has no host-network pod. */
    static final Port KUBELET = new Port(Protocol.TCP, 10250);

    /** Every station of a placed snapshot; DNS ports are not among them where the DNS server has them. */
    static List<Station> of(Snapshot placed, List<Ip> world) {
        Map<String, Station> stations = new LinkedHashMap<>();
        for (Node node : placed.nodes()) {
            SortedMap<Port, String> answers = new TreeMap<>(Map.of(KUBELET, "node " + node.name()));
            stations.put(Names.namespace(node), new Station(Names.namespace(node), answers, node.ips(), false));
        }
        for (Pod pod : placed.pods()) {
            Station station = stations.computeIfAbsent(
                    Names.namespace(pod), name -> new Station(name, new TreeMap<>(), pod.ips(), false));
            for (ContainerPort port : pod.ports()) {
                Port key = new Port(port.protocol(), port.port());
                if (key.hasSocket() && !(ClusterDns.isDnsPod(pod) && key.number() == ClusterDns.port(pod))) {
                    // Host-network pods of one node that want the same port: the first gets it, as in a cluster.
                    station.answers.putIfAbsent(key, pod.fullName());
                }
            }
        }
        SortedMap<Port, String> answers = new TreeMap<>();
        World.ports(placed).forEach(port -> answers.put(port, "world"));
        List<Station> all = new ArrayList<>(stations.values());
        all.add(new Station(Names.WORLD, answers, world, true));
        return all;
    }
}
