package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Map;

/**
 * A running or coming pod. Finished pods are no endpoints and are left out of a snapshot.
 *
 * @param ips empty while unknown, as in manifests that no cluster has seen
 * @param node the node's name, empty while unscheduled
 * @param ports of its containers and of its sidecars
 * @param position of the object it was read from
 */
public record Pod(
        String namespace,
        String name,
        Map<String, String> labels,
        List<Ip> ips,
        String node,
        boolean hostNetwork,
        List<ContainerPort> ports,
        Workload workload,
        SourcePosition position) {
    public Pod {
        labels = Map.copyOf(labels);
        ips = List.copyOf(ips);
        ports = List.copyOf(ports);
    }

    public String fullName() {
        return namespace + "/" + name;
    }

    /** Whether the other is this pod, by namespace and name. */
    public boolean isSame(Pod other) {
        return name.equals(other.name) && namespace.equals(other.namespace);
    }

    /** The same pod, placed. */
    public Pod at(String newNode, List<Ip> newIps) {
        return new Pod(namespace, name, labels, newIps, newNode, hostNetwork, ports, workload, position);
    }
}
