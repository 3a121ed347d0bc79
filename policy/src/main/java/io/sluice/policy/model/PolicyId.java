package io.sluice.policy.model;

/**
 * What names a policy in a cluster.
 *
 * @param namespace empty for a cluster-scoped kind
 */
public record PolicyId(String kind, String namespace, String name) implements Comparable<PolicyId> {
    @Override
    public int compareTo(PolicyId other) {
        int byKind = kind.compareTo(other.kind);
        if (byKind != 0) {
            return byKind;
        }
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    /** {@code Kind namespace/name}. */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
