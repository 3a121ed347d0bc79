package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.Requirement;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import java.util.BitSet;
import java.util.TreeSet;

/** Questions to a place where pods are selected that several checks ask. */
final class Selections {
    private Selections() {}

    /** Whether anything was read of the namespaces that it speaks of. */
    static boolean hasPods(Cluster cluster, PodSelection selection) {
        return hasPods(cluster, selection.namespaces());
    }

    static boolean hasPods(Cluster cluster, NamespaceMatch namespaces) {
        return !cluster.pods().in(namespaces).isEmpty()
                || !cluster.hostPods().in(namespaces).isEmpty();
    }

    static boolean isEmpty(Cluster cluster, PodSelection selection) {
        return isEmpty(cluster, selection.namespaces(), selection.pods());
    }

    static boolean isEmpty(Cluster cluster, NamespaceMatch namespaces, Selector pods) {
        return cluster.pods().select(namespaces, pods).isEmpty()
                && cluster.hostPods().select(namespaces, pods).isEmpty();
    }

    /**
     * Whether a NetworkPolicy without a namespace of its own selects nothing where it lands, while pods of other
     * namespaces fit its selector.
     */
    static boolean fitElsewhere(Cluster cluster, PodSelection selection) {
        if (!selection.isSubject()
                || !selection.policy().isNetworkPolicy()
                || !selection.policy().text().has("metadata")
                || !selection.policy().text().namespace().isEmpty()
                || !isEmpty(cluster, selection)) {
            return false;
        }
        return !isEmpty(cluster, NamespaceMatch.EVERY, selection.pods());
    }

    /** The namespaces of the pods that fit. */
    static TreeSet<String> namespaces(Cluster cluster, Selector pods) {
        BitSet fitting = cluster.pods().select(NamespaceMatch.EVERY, pods);
        TreeSet<String> out = new TreeSet<>();
        cluster.pods().of(fitting).forEach(group -> out.add(group.namespace()));
        return out;
    }

    /**
     * Whether a peer of these namespaces may have pods that were not read: it names every namespace, or some by what
     * they are not.
     */
    static boolean isOpenEnded(NamespaceMatch namespaces) {
        return switch (namespaces) {
            case NamespaceMatch.Named _ -> false;
            case NamespaceMatch.Labelled(Selector selector) ->
                Requirement.of(selector).stream().noneMatch(r -> r.wanted());
        };
    }
}
