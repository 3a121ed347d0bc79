package io.sluice.manifests;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A selector of endpoints: conditions on the labels of an identity, all of which must hold. Pods have the labels of the
 * pod, of its namespace and of its service account; nodes and the world have one that is reserved.
 */
record CiliumSelector(List<CiliumRequirement> requirements) {
    /** The agent's own default for the name of its cluster (cluster-name). */
    private static final String CLUSTER_NAME = "default";

    private static final Subject NOBODY = new Subject(NamespaceMatch.EVERY, new Selector.Any(List.of()));

    static CiliumSelector read(Cursor field) {
        List<CiliumRequirement> requirements = new ArrayList<>();
        if (field.expectMapping()) {
            field.texts("matchLabels")
                    .forEach((key, value) -> value.text().ifPresent(text -> {
                        Invalid.text(value, text, NameRules.labelValue(text));
                        requirements.add(CiliumRequirement.label(key, text, value));
                    }));
            for (Cursor expression : field.list("matchExpressions")) {
                if (expression.expectMapping()) {
                    requirements.add(CiliumRequirement.expression(expression));
                }
            }
        }
        return new CiliumSelector(List.copyOf(requirements));
    }

    /**
     * The pods that a policy is applied to. "EndpointSelector always applies in namespace of the policy resource": the
     * label {@code k8s:io.kubernetes.pod.namespace} of a namespaced policy is replaced by its own namespace.
     */
    Subject subject(CiliumScope scope) {
        List<CiliumRequirement> kept = new ArrayList<>(requirements);
        if (!scope.namespace().isEmpty()) {
            kept.removeIf(r -> replaced(r, scope));
        }
        Optional<NamespaceMatch> own = scope.namespace().isEmpty()
                ? Optional.empty()
                : Optional.of(new NamespaceMatch.Named(scope.namespace()));
        return new CiliumSelector(kept)
                .pods(scope, own)
                .map(p -> new Subject(p.namespaces(), p.pods()))
                .orElse(NOBODY);
    }

    private static boolean replaced(CiliumRequirement requirement, CiliumScope scope) {
        boolean written = requirement.source().equals("k8s")
                && requirement.key().equals(CiliumRequirement.NAMESPACE)
                && requirement.operator().equals("In")
                && requirement.place().path().toString().contains("matchLabels");
        if (written && !requirement.values().equals(Set.of(scope.namespace()))) {
            scope.warn(
                    requirement.place(),
                    "cilium-namespace",
                    "the policy applies in its own namespace, " + scope.namespace() + ", whatever this says",
                    "move the policy, or make it a CiliumClusterwideNetworkPolicy");
        }
        return written;
    }

    /**
     * Whom it finds as peer. One that says nothing of namespaces is bound to the policy's own, or, clusterwide, to pods;
     * one that speaks of a reserved label is not bound at all.
     */
    Peer peer(CiliumScope scope) {
        boolean bound = requirements.stream().noneMatch(r -> r.isReserved() || r.isOfNamespaceName());
        boolean labelled = requirements.stream().anyMatch(CiliumRequirement::isOfNamespaceLabel);
        boolean own = bound && !scope.namespace().isEmpty() && !labelled;
        List<Peer> peers = new ArrayList<>();
        pods(scope, own ? Optional.of(new NamespaceMatch.Named(scope.namespace())) : Optional.empty())
                .ifPresent(peers::add);
        boolean podsOnly = own || (bound && scope.namespace().isEmpty());
        if (!podsOnly) {
            peers.addAll(CiliumReserved.selected(this::holdsFor, scope, requirements));
        }
        return peers.size() == 1 ? peers.getFirst() : new Peer.Any(peers);
    }

    /** Whether an identity that has only these reserved labels fulfils every condition. */
    private boolean holdsFor(Set<String> reserved) {
        Map<String, String> labels = new HashMap<>();
        reserved.forEach(name -> labels.put(name, ""));
        return requirements.stream()
                .allMatch(r -> r.isReserved() || r.source().equals("any")
                        ? r.on(r.key()).matches(labels)
                        : r.holdsWithout());
    }

    /**
     * The pods among those it finds.
     *
     * @param own the one namespace in which they are; empty where the conditions decide
     * @return empty where no pod can be among them
     */
    private Optional<Peer.Pods> pods(CiliumScope scope, Optional<NamespaceMatch> own) {
        List<Selector> pods = new ArrayList<>();
        List<Selector> namespaces = new ArrayList<>();
        boolean possible = true;
        for (CiliumRequirement requirement : requirements) {
            if (requirement.isOfNamespaceName()) {
                namespaces.add(requirement.on(Namespace.NAME_LABEL));
            } else if (requirement.isOfNamespaceLabel()) {
                namespaces.add(requirement.on(requirement.key().substring(CiliumRequirement.NAMESPACE_LABEL.length())));
            } else if (requirement.isOfCluster()) {
                possible &= holdsForCluster(requirement, scope);
            } else if (requirement.isOfNoPod()) {
                possible &= requirement.holdsWithout();
                leftOut(requirement, scope);
            } else if (requirement.key().equals(CiliumRequirement.ACCOUNT)) {
                pods.add(requirement.on(Pod.ACCOUNT));
            } else {
                pods.add(requirement.on(requirement.key()));
            }
        }
        if (!possible) {
            return Optional.empty();
        }
        Selector selector = pods.isEmpty() ? Selector.ALL : new Selector.All(pods);
        if (own.isEmpty()) {
            return Optional.of(new Peer.Pods(match(namespaces), selector));
        }
        if (namespaces.isEmpty()) {
            return Optional.of(new Peer.Pods(own.get(), selector));
        }
        // A subject is in its policy's namespace and fulfils, besides, what is said of that namespace.
        if (own.get() instanceof NamespaceMatch.Named(String name)) {
            namespaces.add(new Selector.In(Namespace.NAME_LABEL, Set.of(name)));
        }
        return Optional.of(new Peer.Pods(match(namespaces), selector));
    }

    private static NamespaceMatch match(List<Selector> namespaces) {
        if (namespaces.isEmpty()) {
            return NamespaceMatch.EVERY;
        }
        boolean named = namespaces.size() == 1
                && namespaces.getFirst() instanceof Selector.In(String key, Set<String> values)
                && key.equals(Namespace.NAME_LABEL)
                && values.size() == 1;
        return named && namespaces.getFirst() instanceof Selector.In in
                ? new NamespaceMatch.Named(in.values().iterator().next())
                : new NamespaceMatch.Labelled(new Selector.All(namespaces));
    }

    private static boolean holdsForCluster(CiliumRequirement requirement, CiliumScope scope) {
        boolean holds = requirement.on("cluster").matches(Map.of("cluster", CLUSTER_NAME));
        boolean decided = requirement.operator().equals("Exists")
                || requirement.operator().equals("DoesNotExist")
                || requirement.values().contains(CLUSTER_NAME);
        if (!decided) {
            scope.warn(
                    requirement.place(),
                    "cilium-cluster",
                    "the name of the cluster is not known here; it is taken to be \"default\"",
                    "");
        }
        return holds || (!decided && scope.denies());
    }

    private static void leftOut(CiliumRequirement requirement, CiliumScope scope) {
        if (!requirement.isReserved()) {
            scope.warn(
                    requirement.place(),
                    "cilium-label",
                    (requirement.isOfKubernetes()
                                    ? "Cilium leaves this label out of identities unless it is told otherwise"
                                    : "no pod has a label of the source " + requirement.source())
                            + "; it is read as absent",
                    "");
        }
    }
}
