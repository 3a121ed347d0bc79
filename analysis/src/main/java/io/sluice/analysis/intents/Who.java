package io.sluice.analysis.intents;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Cidr;

/** Whom an intent speaks of. Each stands for at least one party, or it is an error. */
public sealed interface Who {
    /** Where it is written. */
    SourcePosition position();

    /** A pod or a workload, {@code namespace/name}. */
    record Named(String name, SourcePosition position) implements Who {}

    /** Pods by namespace and labels. */
    record Labelled(NamespaceMatch namespaces, Selector pods, SourcePosition position) implements Who {}

    /** Every pod. */
    record AnyPod(SourcePosition position) implements Who {}

    /** Every address that neither a pod nor a node holds. */
    record World(SourcePosition position) implements Who {}

    /** The addresses of a block, whoever holds them. */
    record Block(Cidr cidr, SourcePosition position) implements Who {}

    /**
     * Nodes, with the host-network pods on them.
     *
     * @param name empty for every node
     */
    record Nodes(String name, SourcePosition position) implements Who {}
}
