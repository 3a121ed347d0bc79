package io.sluice.analysis.reach;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A snapshot with pods that could come: one without any label in a namespace without any, and one for each peer selector
 * that names pods which are not there.
 *
 * @param ends the supposed pods, {@link #ANYBODY} first
 */
public record Supposed(Snapshot snapshot, List<End> ends) {
    /** The name of a pod that nothing but "every pod" selects. */
    public static final String ANYBODY = "entire-cluster";

    private static final String NAMESPACE = "sluice-supposed";

    public Supposed {
        ends = List.copyOf(ends);
    }

    public static Supposed in(Snapshot snapshot) {
        Set<Peer.Pods> peers = new LinkedHashSet<>();
        for (Policy policy : snapshot.policies()) {
            for (Section section : policy.sections()) {
                for (Rule rule : section.rules()) {
                    rule.peers().stream().flatMap(Peer::leaves).forEach(peer -> {
                        if (peer instanceof Peer.Pods pods) {
                            peers.add(pods);
                        }
                    });
                }
            }
        }
        Builder builder = new Builder(snapshot);
        builder.add(ANYBODY, new Namespace(NAMESPACE, Map.of()), Map.of());
        for (Peer.Pods peer : peers) {
            builder.add(peer);
        }
        return builder.build();
    }

    /** Only the pod that nothing but "every pod" selects: what an ingress controller is, as far as manifests tell. */
    public static Supposed anybody(Snapshot snapshot) {
        Builder builder = new Builder(snapshot);
        builder.add(ANYBODY, new Namespace(NAMESPACE, Map.of()), Map.of());
        return builder.build();
    }

    private static final class Builder {
        private final Snapshot snapshot;
        private final Map<String, Namespace> namespaces;
        private final List<Pod> pods;
        private final Map<String, End> ends = new LinkedHashMap<>();

        Builder(Snapshot snapshot) {
            this.snapshot = snapshot;
            namespaces = new LinkedHashMap<>(snapshot.namespaces());
            pods = new ArrayList<>(snapshot.pods());
        }

        /** Somebody who matches a peer, unless somebody does already or nobody can. */
        void add(Peer.Pods peer) {
            Optional<Map<String, String>> labels = Satisfying.labels(peer.pods());
            boolean isThere = !peer.pods().equals(Selector.ALL)
                    && snapshot.pods().stream()
                            .anyMatch(pod -> peer.namespaces().matches(snapshot.namespaceOf(pod))
                                    && peer.pods().matches(pod.attributes()));
            Optional<Namespace> namespace = switch (peer.namespaces()) {
                case NamespaceMatch.Named(String name) ->
                    Optional.of(namespaces.getOrDefault(name, new Namespace(name, Map.of())));
                case NamespaceMatch.Labelled(Selector selector) -> namespace(selector);
            };
            boolean isAnybody =
                    peer.pods().equals(Selector.ALL) && peer.namespaces().equals(NamespaceMatch.EVERY);
            if (labels.isPresent() && namespace.isPresent() && !isThere && !isAnybody) {
                add(ExposureWords.of(peer), namespace.get(), labels.get());
            }
        }

        private Optional<Namespace> namespace(Selector selector) {
            return Satisfying.labels(selector).map(labels -> {
                String name = labels.getOrDefault(Namespace.NAME_LABEL, NAMESPACE + "-" + ends.size());
                Namespace known = namespaces.get(name);
                return known != null && selector.matches(known.labels()) ? known : new Namespace(name, labels);
            });
        }

        void add(String text, Namespace namespace, Map<String, String> labels) {
            if (ends.containsKey(text)) {
                return;
            }
            namespaces.putIfAbsent(namespace.name(), namespace);
            String name = "supposed-" + ends.size();
            Pod pod = new Pod(
                    namespace.name(),
                    name,
                    labels,
                    List.of(),
                    "",
                    false,
                    List.of(),
                    new Workload("Pod", namespace.name(), name),
                    SourcePosition.NONE);
            pods.add(pod);
            ends.put(text, new End(text, End.Kind.SUPPOSED, "", List.of(new Party.OfPod(pod, null)), true, true));
        }

        Supposed build() {
            Snapshot with = snapshot.withNamespaces(namespaces).withPods(pods);
            return new Supposed(with, List.copyOf(ends.values()));
        }
    }
}
