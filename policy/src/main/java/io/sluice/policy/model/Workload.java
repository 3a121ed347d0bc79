package io.sluice.policy.model;

/** What a pod belongs to: its topmost known owner, or the pod itself. */
public record Workload(String kind, String namespace, String name) implements Comparable<Workload> {
    @Override
    public int compareTo(Workload other) {
        int byNamespace = namespace.compareTo(other.namespace);
        if (byNamespace != 0) {
            return byNamespace;
        }
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : kind.compareTo(other.kind);
    }

    /** {@code namespace/name[Kind]}. */
    @Override
    public String toString() {
        return namespace + "/" + name + "[" + kind + "]";
    }
}
