package io.sluice.manifests;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which decoder reads which kind. A new dialect is a new decoder in this list. */
final class Decoders {
    private static final List<ObjectDecoder> ALL = List.of(
            new NetworkPolicyDecoder(),
            new ClusterNetworkPolicyDecoder(),
            new AdminNetworkPolicyDecoder(),
            new BaselineAdminNetworkPolicyDecoder(),
            new CalicoPolicyDecoder(false, false),
            new CalicoPolicyDecoder(true, false),
            new CalicoPolicyDecoder(false, true),
            new CalicoPolicyDecoder(true, true),
            new CalicoStagedKubernetesDecoder(),
            new CalicoTierDecoder(),
            new CalicoSetDecoder(false),
            new CalicoSetDecoder(true),
            new CalicoHostEndpointDecoder(),
            new CalicoProfileDecoder(),
            new IstioAuthorizationPolicyDecoder(),
            new IstioPeerAuthenticationDecoder(),
            new IstioRequestAuthenticationDecoder(),
            new NamespaceDecoder(),
            new PodDecoder(),
            new WorkloadDecoder(),
            new ServiceAccountDecoder(),
            new ServiceDecoder(),
            new EndpointsDecoder(),
            new EntranceDecoder(),
            new GatewayDecoder(),
            new RouteDecoder(),
            new ReferenceGrantDecoder(),
            new ConfigMapDecoder(),
            new NodeDecoder(),
            new CiliumPolicyDecoder(true),
            new CiliumPolicyDecoder(false),
            new CiliumCidrGroupDecoder());

    private static final Map<String, ObjectDecoder> BY_KIND = new HashMap<>();
    private static final Map<String, SortedSet<String>> VERSIONS = new HashMap<>();
    private static final Map<String, SortedSet<String>> KINDS = new HashMap<>();

    static {
        for (ObjectDecoder decoder : ALL) {
            for (String kind : decoder.kinds()) {
                BY_KIND.put(kind, decoder);
                int space = kind.indexOf(' ');
                String version = kind.substring(0, space);
                String name = kind.substring(space + 1);
                VERSIONS.computeIfAbsent(name, _ -> new TreeSet<>()).add(version);
                KINDS.computeIfAbsent(version, _ -> new TreeSet<>()).add(name);
            }
        }
    }

    private Decoders() {}

    /** Every kind that is read, as {@code apiVersion Kind}. */
    static SortedSet<String> kinds() {
        return new TreeSet<>(BY_KIND.keySet());
    }

    static Optional<ObjectDecoder> of(String apiVersion, String kind) {
        return Optional.ofNullable(BY_KIND.get(apiVersion + " " + kind));
    }

    /** The apiVersions in which a kind is read; none if it is not read at all. */
    static SortedSet<String> versionsOf(String kind) {
        return VERSIONS.getOrDefault(kind, new TreeSet<>());
    }

    /** The kinds that are read of an apiVersion. */
    static SortedSet<String> kindsOf(String apiVersion) {
        return KINDS.getOrDefault(apiVersion, new TreeSet<>());
    }
}
