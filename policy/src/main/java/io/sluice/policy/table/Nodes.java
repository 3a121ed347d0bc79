package io.sluice.policy.table;

import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.net.Ip;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The nodes that are listed, and those that a pod on their network proves to exist. Not thread-safe. */
final class Nodes {
    private final Map<String, Node> listed = new LinkedHashMap<>();

    /** The pods on the network of a node, by their place in the snapshot. */
    private final Map<String, SortedMap<Long, Pod>> pods = new HashMap<>();

    private final Set<String> changed = new LinkedHashSet<>();
    private Map<String, NodeEntry> entries = Map.of();
    private List<Node> published = List.of();

    /** Says what numbers go with a node. */
    interface Numbers {
        int classOf(Node node);

        int identity(int labels, @Nullable Ip ip);

        void acquire(int identity);

        void release(int identity);
    }

    void put(Node node) {
        listed.put(node.name(), node);
        changed.add(node.name());
    }

    boolean isListed(String name) {
        return listed.containsKey(name);
    }

    void remove(String name) {
        listed.remove(name);
        changed.add(name);
    }

    void put(long order, Pod pod) {
        pods.computeIfAbsent(pod.node(), _ -> new TreeMap<>()).put(order, pod);
        changed.add(pod.node());
    }

    void remove(long order, Pod pod) {
        pods.computeIfPresent(pod.node(), (_, all) -> {
            all.remove(order);
            return all.isEmpty() ? null : all;
        });
        changed.add(pod.node());
    }

    /** All nodes are to be looked at again. */
    void touchAll() {
        changed.addAll(listed.keySet());
        changed.addAll(pods.keySet());
    }

    void settle(Numbers numbers) {
        if (changed.isEmpty()) {
            return;
        }
        Map<String, NodeEntry> after = new HashMap<>(entries);
        boolean differs = false;
        for (String name : changed) {
            NodeEntry before = after.get(name);
            NodeEntry now = entry(name, numbers);
            if (before == null
                    ? now != null
                    : now == null
                            || !before.node().equals(now.node())
                            || before.listed() != now.listed()
                            || before.labels() != now.labels()
                            || !Arrays.equals(before.identities(), now.identities())) {
                differs = true;
                if (now == null) {
                    after.remove(name);
                } else {
                    after.put(name, now);
                    Arrays.stream(now.identities()).forEach(numbers::acquire);
                }
                if (before != null) {
                    Arrays.stream(before.identities()).forEach(numbers::release);
                }
            }
        }
        changed.clear();
        if (differs) {
            entries = after;
            published = List.copyOf(listed.values());
        }
    }

    private @Nullable NodeEntry entry(String name, Numbers numbers) {
        Node node = listed.get(name);
        boolean isListed = node != null;
        SortedMap<Long, Pod> onIt = pods.getOrDefault(name, new TreeMap<>());
        if (node == null) {
            if (onIt.isEmpty()) {
                return null;
            }
            node = Node.under(onIt.sequencedValues().getFirst());
        }
        int labels = numbers.classOf(node);
        IntBag identities = new IntBag();
        if (node.ips().isEmpty()) {
            identities.add(numbers.identity(labels, null));
        }
        node.ips().forEach(ip -> identities.add(numbers.identity(labels, ip)));
        for (Pod pod : onIt.values()) {
            if (pod.ips().isEmpty()) {
                identities.add(numbers.identity(labels, null));
            }
            pod.ips().forEach(ip -> identities.add(numbers.identity(labels, ip)));
        }
        return new NodeEntry(node, isListed, labels, identities.sorted());
    }

    /** By name; not changed afterwards. */
    Map<String, NodeEntry> entries() {
        return entries;
    }

    /** Those that are listed. */
    List<Node> published() {
        return published;
    }
}
