package io.sluice.policy.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a cluster as policies see it. Immutable and thread-safe.
 *
 * <p>Every namespace that a pod lies in is present; {@link #of} adds those that were not declared.
 */
public record Snapshot(
        Map<String, Namespace> namespaces,
        List<Pod> pods,
        List<Node> nodes,
        List<Service> services,
        List<Policy> policies,
        List<Entrance> entrances) {
    public Snapshot {
        namespaces = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
        pods = List.copyOf(pods);
        nodes = List.copyOf(nodes);
        services = List.copyOf(services);
        policies = List.copyOf(policies);
        entrances = List.copyOf(entrances);
    }

    /** One without entrances. */
    public Snapshot(
            Map<String, Namespace> namespaces,
            List<Pod> pods,
            List<Node> nodes,
            List<Service> services,
            List<Policy> policies) {
        this(namespaces, pods, nodes, services, policies, List.of());
    }

    public static Snapshot of(
            List<Namespace> namespaces,
            List<Pod> pods,
            List<Node> nodes,
            List<Service> services,
            List<Policy> policies) {
        Map<String, Namespace> byName = new LinkedHashMap<>();
        namespaces.forEach(n -> byName.put(n.name(), n));
        pods.forEach(p -> byName.computeIfAbsent(p.namespace(), name -> new Namespace(name, Map.of())));
        return new Snapshot(byName, pods, nodes, services, policies);
    }

    /** The namespace of a pod of this snapshot. */
    public Namespace namespaceOf(Pod pod) {
        Namespace namespace = namespaces.get(pod.namespace());
        if (namespace == null) {
            throw new IllegalArgumentException("no namespace " + pod.namespace() + " in this snapshot");
        }
        return namespace;
    }

    public Optional<Node> node(String name) {
        return nodes.stream().filter(n -> n.name().equals(name)).findFirst();
    }

    public Snapshot withPolicies(List<Policy> newPolicies) {
        return new Snapshot(namespaces, pods, nodes, services, newPolicies, entrances);
    }

    public Snapshot withEntrances(List<Entrance> newEntrances) {
        return new Snapshot(namespaces, pods, nodes, services, policies, newEntrances);
    }
}
