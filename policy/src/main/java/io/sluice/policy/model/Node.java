package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Map;

/** A node with the addresses of its status. */
public record Node(String name, Map<String, String> labels, List<Ip> ips) {
    public Node {
        labels = Map.copyOf(labels);
        ips = List.copyOf(ips);
    }

    /** The node that a host-network pod proves to exist where the snapshot does not list it. */
    public static Node under(Pod pod) {
        return new Node(pod.node(), Map.of(), pod.ips());
    }

    /** Whether a pod runs here; a pod that is not placed runs nowhere. */
    public boolean runs(Pod pod) {
        return !pod.node().isEmpty() && pod.node().equals(name);
    }
}
