package io.sluice.manifests;

import io.sluice.manifests.ReferenceGrantDecoder.Grant;
import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.Endpoint;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cluster while its objects are read, in the order of the input. */
final class ClusterBuilder {
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<Entrance> entrances = new ArrayList<>();
    private final List<ReadGateway> gateways = new ArrayList<>();
    private final List<ReadRoute> routes = new ArrayList<>();
    private final List<Grant> grants = new ArrayList<>();
    private final Map<String, List<Endpoint>> endpoints = new HashMap<>();
    private final List<ReadPod> pods = new ArrayList<>();
    private final List<ReadWorkload> workloads = new ArrayList<>();
    private final Map<String, SourcePosition> objects = new HashMap<>();
    private final Map<String, Integer> ignored = new TreeMap<>();
    private final List<ObjectText> texts = new ArrayList<>();

    /** Whether the object is the first of its kind, namespace and name; a second one is reported with both places. */
    boolean isNew(KubeObject object) {
        SourcePosition earlier = objects.putIfAbsent(object.group() + "/" + object, object.position());
        if (earlier == null) {
            texts.add(new ObjectText(object.problems().file(), object.root().value()));
            return true;
        }
        object.problems()
                .error(
                        "duplicate-object",
                        object.root().place(),
                        object + " is given twice, first at " + earlier.fileLine(),
                        "all paths of one call are one cluster; remove one of them");
        return false;
    }

    void add(Namespace namespace) {
        namespaces.add(namespace);
    }

    void add(Node node) {
        nodes.add(node);
    }

    void add(Service service) {
        services.add(service);
    }

    void add(Policy policy) {
        policies.add(policy);
    }

    void add(Entrance entrance) {
        entrances.add(entrance);
    }

    void add(ReadGateway gateway) {
        gateways.add(gateway);
    }

    void add(ReadRoute route) {
        routes.add(route);
    }

    void add(Grant grant) {
        grants.add(grant);
    }

    /** Where a Service of this name leads, if it has no selector. */
    void addEndpoints(String namespace, String service, List<Endpoint> more) {
        endpoints
                .computeIfAbsent(namespace + "/" + service, _ -> new ArrayList<>())
                .addAll(more);
    }

    void add(ReadPod pod) {
        pods.add(pod);
    }

    void add(ReadWorkload workload) {
        workloads.add(workload);
    }

    /** Counts an object of a kind that is not read. */
    void ignore(String apiVersionAndKind) {
        ignored.merge(apiVersionAndKind, 1, Integer::sum);
    }

    Manifests build(Problems problems) {
        Snapshot snapshot = Snapshot.of(
                namespaces,
                new PodAssembly(pods, workloads, nodes, problems).pods(),
                nodes,
                services.stream().map(this::complete).toList(),
                policies);
        Routes attached = new Routes(gateways, grants, snapshot.namespaces());
        routes.forEach(route -> entrances.add(attached.entrance(route)));
        return new Manifests(
                snapshot.withEntrances(entrances), problems.sorted(), texts, new TreeMap<>(ignored));
    }

    /** A dump holds Endpoints and the EndpointSlices that mirror them: each address counts once. */
    private Service complete(Service service) {
        List<Endpoint> known = endpoints.getOrDefault(service.namespace() + "/" + service.name(), List.of());
        boolean leads = service.selector().isEmpty() && !service.type().equals("ExternalName") && !known.isEmpty();
        return leads ? service.withEndpoints(known.stream().distinct().toList()) : service;
    }
}
