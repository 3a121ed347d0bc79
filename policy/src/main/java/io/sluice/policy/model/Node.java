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
}
