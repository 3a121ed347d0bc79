package io.sluice.kubernetes;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which of the kinds that can be read are asked for, under which version, and in which order. */
final class Wanted {
    private static final List<String> OWNERS = List.of("Deployment", "CronJob");
    private static final Set<String> WORKLOADS =
            Set.of("ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job");

    /** Without these a verdict about a pod that is known is still right; any other kind is a policy, or decides over one. */
    private static final Set<String> DISPENSABLE = Set.of(
            "Node",
            "Service",
            "Endpoints",
            "EndpointSlice",
            "ConfigMap",
            "Ingress",
            "Route",
            "Gateway",
            "ReferenceGrant");

    /** Calico's policies alone ask for the labels of a pod's service account. */
    private static final String ACCOUNT = "ServiceAccount";

    private static final String CALICO = "projectcalico.org";

    /** The group that once held what now lies in others: the same objects again. */
    private static final String FORMER = "extensions/";

    /** Kinds that say who may talk to whom, whatever they are part of. */
    private static final Pattern POLICY = Pattern.compile("\\w*(NetworkPolicy|AuthorizationPolicy)");

    private Wanted() {}

    /** What the cluster serves of the kinds; of a kind that it serves in several versions, the most settled one. */
    static List<Resource> of(Collection<String> kinds, Discovery discovery) {
        Map<String, Resource> chosen = new LinkedHashMap<>();
        for (String kind : kinds) {
            String version = kind.substring(0, kind.indexOf(' '));
            String name = kind.substring(kind.indexOf(' ') + 1);
            Optional<Resource> served = discovery.find(version, name);
            if (served.isPresent() && !version.startsWith(FORMER)) {
                chosen.merge(group(version) + "/" + name, served.get(), Wanted::moreSettled);
            }
        }
        boolean asksForAccounts =
                chosen.values().stream().anyMatch(one -> group(one.apiVersion()).endsWith(CALICO));
        return chosen.values().stream()
                .filter(one -> asksForAccounts || !one.kind().equals(ACCOUNT))
                .sorted(Comparator.comparingInt(Wanted::rank).thenComparing(Resource::toString))
                .toList();
    }

    /** Policies that the cluster serves and no reader knows, in this version or at all. */
    static List<Resource> unread(Collection<String> kinds, Discovery discovery) {
        Set<String> known = new HashSet<>();
        of(kinds, discovery).forEach(resource -> known.add(resource.toString()));
        Map<String, Resource> unread = new LinkedHashMap<>();
        for (Resource resource : discovery.all()) {
            if (POLICY.matcher(resource.kind()).matches()
                    && !resource.apiVersion().startsWith(FORMER)
                    && !known.contains(resource.toString())) {
                unread.merge(resource.toString(), resource, Wanted::moreSettled);
            }
        }
        return List.copyOf(unread.values());
    }

    static boolean isDispensable(Resource resource) {
        return DISPENSABLE.contains(resource.kind())
                || OWNERS.contains(resource.kind())
                || WORKLOADS.contains(resource.kind())
                || resource.kind().endsWith("Route");
    }

    private static int rank(Resource resource) {
        if (OWNERS.contains(resource.kind())) {
            return 0;
        }
        if (WORKLOADS.contains(resource.kind())) {
            return 1;
        }
        return resource.kind().equals("Pod") ? 3 : 2;
    }

    private static Resource moreSettled(Resource one, Resource other) {
        return settled(one) >= settled(other) ? one : other;
    }

    private static int settled(Resource resource) {
        String version = resource.apiVersion();
        return version.contains("alpha") ? 0 : version.contains("beta") ? 1 : 2;
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
