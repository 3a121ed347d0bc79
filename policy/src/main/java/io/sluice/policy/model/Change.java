package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One thing of a cluster that comes, goes or becomes another. Things are known by their names, which are unique; what
 * is put in place of one with the same name keeps its place in the snapshot, anything else comes last.
 */
public sealed interface Change {
    /** A pod, new or changed; a namespace that is not there yet comes with it, without labels. */
    record PutPod(Pod pod) implements Change {}

    record RemovePod(String namespace, String name) implements Change {}

    record PutNamespace(Namespace namespace) implements Change {}

    /** A namespace goes, when no pod is in it any more. */
    record RemoveNamespace(String name) implements Change {}

    record PutNode(Node node) implements Change {}

    record RemoveNode(String name) implements Change {}

    record PutPolicy(Policy policy) implements Change {}

    record RemovePolicy(PolicyId id) implements Change {}

    /** The domain names that are known to stand for an address from now on; none for what is no longer known. */
    record Resolved(Ip ip, Set<String> names) implements Change {
        public Resolved {
            names = Set.copyOf(names);
        }
    }

    /** All Services, which no verdict depends on. */
    record Services(List<Service> services) implements Change {
        public Services {
            services = List.copyOf(services);
        }
    }

    /** All entrances, which no verdict depends on. */
    record Entrances(List<Entrance> entrances) implements Change {
        public Entrances {
            entrances = List.copyOf(entrances);
        }
    }

    /** All that the mesh is told, which no verdict of the network depends on. */
    record PutMesh(Mesh mesh) implements Change {}

    /**
     * The snapshot after the change.
     *
     * @throws IllegalArgumentException if a namespace goes that pods are in
     */
    default Snapshot appliedTo(Snapshot before) {
        return switch (this) {
            case PutPod(Pod pod) -> {
                Snapshot with = before.withPods(put(before.pods(), pod, Pod::fullName));
                yield before.namespaces().containsKey(pod.namespace())
                        ? with
                        : with.withNamespaces(Map.of(pod.namespace(), new Namespace(pod.namespace(), Map.of())));
            }
            case RemovePod(String namespace, String name) ->
                before.withPods(before.pods().stream()
                        .filter(pod -> !pod.namespace().equals(namespace)
                                || !pod.name().equals(name))
                        .toList());
            case PutNamespace(Namespace namespace) -> before.withNamespaces(Map.of(namespace.name(), namespace));
            case RemoveNamespace(String name) -> without(before, name);
            case PutNode(Node node) -> before.withNodes(put(before.nodes(), node, Node::name));
            case RemoveNode(String name) ->
                before.withNodes(before.nodes().stream()
                        .filter(node -> !node.name().equals(name))
                        .toList());
            case PutPolicy(Policy policy) -> before.withPolicies(put(before.policies(), policy, Policy::id));
            case RemovePolicy(PolicyId id) ->
                before.withPolicies(before.policies().stream()
                        .filter(policy -> !policy.id().equals(id))
                        .toList());
            case Resolved(Ip ip, Set<String> names) -> {
                Map<Ip, Set<String>> all = new HashMap<>(before.names());
                if (names.isEmpty()) {
                    all.remove(ip);
                } else {
                    all.put(ip, names);
                }
                yield before.withNames(all);
            }
            case Services(List<Service> services) -> before.withServices(services);
            case Entrances(List<Entrance> entrances) -> before.withEntrances(entrances);
            case PutMesh(Mesh mesh) -> before.withMesh(mesh);
        };
    }

    private static Snapshot without(Snapshot before, String namespace) {
        if (before.pods().stream().anyMatch(pod -> pod.namespace().equals(namespace))) {
            throw new IllegalArgumentException("namespace " + namespace + " is not empty");
        }
        Map<String, Namespace> left = new LinkedHashMap<>(before.namespaces());
        left.remove(namespace);
        return new Snapshot(
                left,
                before.pods(),
                before.nodes(),
                before.services(),
                before.policies(),
                before.entrances(),
                before.names(),
                before.mesh());
    }

    private static <T, K> List<T> put(List<T> before, T thing, Function<T, K> name) {
        List<T> after = new ArrayList<>(before);
        for (int i = 0; i < after.size(); i++) {
            if (name.apply(after.get(i)).equals(name.apply(thing))) {
                after.set(i, thing);
                return after;
            }
        }
        after.add(thing);
        return after;
    }

    /** The changes that make one snapshot of another, in an order in which each can be made. */
    static List<Change> between(Snapshot before, Snapshot after) {
        List<Change> all = new ArrayList<>();
        Map<String, Pod> podsAfter = byName(after.pods(), Pod::fullName);
        before.pods().stream()
                .filter(pod -> !podsAfter.containsKey(pod.fullName()))
                .forEach(pod -> all.add(new RemovePod(pod.namespace(), pod.name())));
        after.namespaces().values().stream()
                .filter(namespace -> !namespace.equals(before.namespaces().get(namespace.name())))
                .forEach(namespace -> all.add(new PutNamespace(namespace)));
        before.namespaces().keySet().stream()
                .filter(name -> !after.namespaces().containsKey(name))
                .forEach(name -> all.add(new RemoveNamespace(name)));
        Map<String, Pod> podsBefore = byName(before.pods(), Pod::fullName);
        podsAfter.forEach((name, pod) -> {
            if (!pod.equals(podsBefore.get(name))) {
                all.add(new PutPod(pod));
            }
        });
        Map<String, Node> nodesBefore = byName(before.nodes(), Node::name);
        Map<String, Node> nodesAfter = byName(after.nodes(), Node::name);
        nodesBefore.keySet().stream()
                .filter(name -> !nodesAfter.containsKey(name))
                .forEach(name -> all.add(new RemoveNode(name)));
        nodesAfter.forEach((name, node) -> {
            if (!node.equals(nodesBefore.get(name))) {
                all.add(new PutNode(node));
            }
        });
        Map<PolicyId, Policy> policiesBefore = byName(before.policies(), Policy::id);
        Map<PolicyId, Policy> policiesAfter = byName(after.policies(), Policy::id);
        policiesBefore.keySet().stream()
                .filter(id -> !policiesAfter.containsKey(id))
                .forEach(id -> all.add(new RemovePolicy(id)));
        policiesAfter.forEach((id, policy) -> {
            if (!policy.equals(policiesBefore.get(id))) {
                all.add(new PutPolicy(policy));
            }
        });
        before.names().keySet().stream()
                .filter(ip -> !after.names().containsKey(ip))
                .forEach(ip -> all.add(new Resolved(ip, Set.of())));
        after.names().forEach((ip, names) -> {
            if (!names.equals(before.names().get(ip))) {
                all.add(new Resolved(ip, names));
            }
        });
        if (!before.services().equals(after.services())) {
            all.add(new Services(after.services()));
        }
        if (!before.entrances().equals(after.entrances())) {
            all.add(new Entrances(after.entrances()));
        }
        if (!before.mesh().equals(after.mesh())) {
            all.add(new PutMesh(after.mesh()));
        }
        return all;
    }

    private static <T, K> Map<K, T> byName(List<T> things, Function<T, K> name) {
        Map<K, T> out = new LinkedHashMap<>();
        things.forEach(thing -> out.putIfAbsent(name.apply(thing), thing));
        return out;
    }
}
