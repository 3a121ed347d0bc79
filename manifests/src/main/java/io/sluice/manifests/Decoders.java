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
            new IstioAuthorizationPolicyDecoder(),
            new IstioPeerAuthenticationDecoder(),
            new IstioRequestAuthenticationDecoder(),
            new NamespaceDecoder(),
            new PodDecoder(),
            new WorkloadDecoder(),
            new ServiceAccountDecoder(),
            new ServiceDecoder(),
            new EntranceDecoder(),
            new ConfigMapDecoder(),
            new NodeDecoder());

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
