package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a cluster as policies see it. Immutable and thread-safe.
 *
 * <p>Every namespace that a pod lies in is present; {@link #of} adds those that were not declared.
 *
 * @param names the domain names that are known to stand for an address at this time
 * @param mesh what a service mesh was told, beside the policies of the network
 */
public record Snapshot(
        Map<String, Namespace> namespaces,
        List<Pod> pods,
        List<Node> nodes,
        List<Service> services,
        List<Policy> policies,
        List<Entrance> entrances,
        Map<Ip, Set<String>> names,
        Mesh mesh) {
    public Snapshot {
        namespaces = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
        pods = List.copyOf(pods);
        nodes = List.copyOf(nodes);
        services = List.copyOf(services);
        policies = List.copyOf(policies);
        entrances = List.copyOf(entrances);
        names = Map.copyOf(names);
    }

    /** One without a mesh. */
    public Snapshot(
            Map<String, Namespace> namespaces,
            List<Pod> pods,
            List<Node> nodes,
            List<Service> services,
            List<Policy> policies,
            List<Entrance> entrances,
            Map<Ip, Set<String>> names) {
        this(namespaces, pods, nodes, services, policies, entrances, names, Mesh.NONE);
    }

    /** One without entrances and domain names. */
    public Snapshot(
            Map<String, Namespace> namespaces,
            List<Pod> pods,
            List<Node> nodes,
            List<Service> services,
            List<Policy> policies) {
        this(namespaces, pods, nodes, services, policies, List.of(), Map.of());
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

    public Snapshot withPods(List<Pod> newPods) {
        return new Snapshot(namespaces, newPods, nodes, services, policies, entrances, names, mesh);
    }

    public Snapshot withNodes(List<Node> newNodes) {
        return new Snapshot(namespaces, pods, newNodes, services, policies, entrances, names, mesh);
    }

    public Snapshot withServices(List<Service> newServices) {
        return new Snapshot(namespaces, pods, nodes, newServices, policies, entrances, names, mesh);
    }

    public Snapshot withPolicies(List<Policy> newPolicies) {
        return new Snapshot(namespaces, pods, nodes, services, newPolicies, entrances, names, mesh);
    }

    public Snapshot withEntrances(List<Entrance> newEntrances) {
        return new Snapshot(namespaces, pods, nodes, services, policies, newEntrances, names, mesh);
    }

    public Snapshot withNames(Map<Ip, Set<String>> newNames) {
        return new Snapshot(namespaces, pods, nodes, services, policies, entrances, newNames, mesh);
    }

    public Snapshot withMesh(Mesh newMesh) {
        return new Snapshot(namespaces, pods, nodes, services, policies, entrances, names, newMesh);
    }

    /** The same with these namespaces added, or in place of those of the same name. */
    public Snapshot withNamespaces(Map<String, Namespace> more) {
        Map<String, Namespace> all = new LinkedHashMap<>(namespaces);
        all.putAll(more);
        return new Snapshot(all, pods, nodes, services, policies, entrances, names, mesh);
    }
}
