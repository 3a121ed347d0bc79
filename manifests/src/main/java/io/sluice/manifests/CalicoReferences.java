package io.sluice.manifests;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.Endpoint;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Calico's policies refer to: the tiers, the sets of networks, the host endpoints, the Services. */
final class CalicoReferences {
    /**
     * A tier.
     *
     * @param denies whether its default action is Deny
     */
    record CalicoTier(String name, Tier tier, boolean denies) {}

    /**
     * A NetworkSet, a GlobalNetworkSet or a HostEndpoint: addresses that are found by labels.
     *
     * @param namespace empty where it lies in none
     * @param profiles whose labels it takes over
     */
    record CalicoSet(String namespace, Map<String, String> labels, List<Cidr> nets, List<String> profiles) {
        CalicoSet {
            labels = Map.copyOf(labels);
            nets = List.copyOf(nets);
            profiles = List.copyOf(profiles);
        }
    }

    /** A Profile's labels for the host endpoints that name it. */
    record CalicoProfile(String name, Map<String, String> labels) {
        CalicoProfile {
            labels = Map.copyOf(labels);
        }
    }

    /** A set with all the labels that selectors see. */
    private record Found(CalicoSet set, Map<String, String> namespaceLabels, Map<String, String> labels) {}

    private final Map<String, CalicoTier> tiers = new HashMap<>();
    private final List<Found> sets = new ArrayList<>();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, List<Endpoint>> endpoints = new HashMap<>();

    private CalicoReferences(ClusterBuilder cluster) {
        for (CalicoTier builtIn : CalicoTierDecoder.BUILT_IN) {
            tiers.put(builtIn.name(), builtIn);
        }
        cluster.noted(CalicoTier.class).forEach(tier -> tiers.put(tier.name(), tier));
        cluster.services().forEach(service -> services.put(service.namespace() + "/" + service.name(), service));
        cluster.noted(ReadEndpoints.class)
                .forEach(read -> endpoints
                        .computeIfAbsent(read.serviceName(), _ -> new ArrayList<>())
                        .addAll(read.endpoints()));
        Map<String, Namespace> namespaces = new HashMap<>();
        cluster.namespaces().forEach(namespace -> namespaces.put(namespace.name(), namespace));
        Map<String, Map<String, String>> profiles = new HashMap<>();
        cluster.noted(CalicoProfile.class).forEach(profile -> profiles.put(profile.name(), profile.labels()));
        for (CalicoSet set : cluster.noted(CalicoSet.class)) {
            Map<String, String> labels = new HashMap<>();
            set.profiles().forEach(profile -> labels.putAll(profiles.getOrDefault(profile, Map.of())));
            labels.putAll(set.labels());
            Map<String, String> ofNamespace = Map.of();
            if (!set.namespace().isEmpty()) {
                ofNamespace = namespaces
                        .getOrDefault(set.namespace(), new Namespace(set.namespace(), Map.of()))
                        .labels();
                labels.put(CalicoKeys.NAMESPACE, set.namespace());
            }
            sets.add(new Found(set, ofNamespace, labels));
        }
    }

    static CalicoReferences of(ClusterBuilder cluster) {
        return cluster.shared(CalicoReferences.class, () -> new CalicoReferences(cluster));
    }

    Optional<CalicoTier> tier(String name) {
        return Optional.ofNullable(tiers.get(name));
    }

    List<String> tiers() {
        return List.copyOf(tiers.keySet());
    }

    Optional<Service> service(String namespace, String name) {
        return Optional.ofNullable(services.get(namespace + "/" + name));
    }

    /** The endpoints that were written down for a Service without selector. */
    List<Endpoint> endpoints(String namespace, String name) {
        return endpoints.getOrDefault(namespace + "/" + name, List.of());
    }

    /**
     * The networks of the sets that match.
     *
     * @param namespaces as written; where there are none, the sets of the policy's own namespace are meant, and those
     *     of everywhere if it lies in none
     * @param own the policy's namespace, empty if it lies in none
     * @param endpoints as written
     */
    List<Peer> networks(Optional<Selector> namespaces, String own, Selector endpoints) {
        List<Peer> found = new ArrayList<>();
        for (Found candidate : sets) {
            if (liesIn(candidate, namespaces, own) && endpoints.matches(candidate.labels)) {
                candidate.set.nets().forEach(net -> found.add(new Peer.Network(net, List.of())));
            }
        }
        return found.stream().distinct().toList();
    }

    private static boolean liesIn(Found candidate, Optional<Selector> namespaces, String own) {
        boolean global = candidate.set.namespace().isEmpty();
        if (namespaces.isPresent()) {
            return global
                    ? CalicoKeys.matchesOutside(namespaces.get())
                    : CalicoKeys.ofNamespaces(namespaces.get()).matches(candidate.namespaceLabels);
        }
        return own.isEmpty() || own.equals(candidate.set.namespace());
    }
}
