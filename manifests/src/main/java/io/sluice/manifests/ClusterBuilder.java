package io.sluice.manifests;

import io.sluice.manifests.ReferenceGrantDecoder.Grant;
import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The cluster while its objects are read, in the order of the input. */
final class ClusterBuilder {
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final List<Entrance> entrances = new ArrayList<>();
    private final List<ReadPod> pods = new ArrayList<>();
    private final List<ReadWorkload> workloads = new ArrayList<>();
    private final Map<String, SourcePosition> objects = new HashMap<>();
    private final Map<String, Integer> ignored = new TreeMap<>();
    private final List<ObjectText> texts = new ArrayList<>();
    private final Map<String, Map<String, String>> accountLabels = new HashMap<>();
    private final List<Object> notes = new ArrayList<>();
    private final List<Runnable> translations = new ArrayList<>();
    private @Nullable Beneath beneath;
    private final Map<Class<?>, Object> shared = new HashMap<>();

    /** From here on objects lie beneath those read so far, which take their place. */
    void beginBeneath() {
        if (beneath == null) {
            beneath = new Beneath(this);
        }
    }

    /** Whether the object is to be added. Of two of one kind, namespace and name the first is; the second is reported. */
    boolean isNew(KubeObject object, ObjectDecoder decoder) {
        if (beneath == null) {
            return isNew(object);
        }
        if (beneath.isGone(object)) {
            return false;
        }
        if (objects.containsKey(object.group() + "/" + object)) {
            beneath.replaced(object, decoder);
            return false;
        }
        return isNew(object);
    }

    private boolean isNew(KubeObject object) {
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

    List<ReadWorkload> workloads() {
        return workloads;
    }

    /** Gives a namespace the labels of another state of it, as far as it has no such key. */
    void completeLabels(Namespace other) {
        namespaces.replaceAll(namespace -> {
            if (!namespace.name().equals(other.name())) {
                return namespace;
            }
            Map<String, String> labels = new TreeMap<>(other.labels());
            labels.putAll(namespace.labels());
            return new Namespace(namespace.name(), labels);
        });
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

    void add(ReadPod pod) {
        pods.add(pod);
    }

    void add(ReadWorkload workload) {
        workloads.add(workload);
    }

    void addAccount(String namespace, String name, Map<String, String> labels) {
        accountLabels.put(namespace + "/" + name, labels);
    }

    /** Keeps something that policies of its dialect refer to, such as a set of networks. */
    void note(Object referred) {
        notes.add(referred);
    }

    /** What was noted of a type, in the order of the input; all of it is there only once everything is read. */
    <T> List<T> noted(Class<T> type) {
        return notes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The Services, in the order of the input; all of them are there only once everything is read. */
    List<Service> services() {
        return services;
    }

    /** The namespaces that were given, in the order of the input; all of them are there only once everything is read. */
    List<Namespace> namespaces() {
        return namespaces;
    }

    /** Something that the translations of a dialect share, made by the first that asks for it. */
    <T> T shared(Class<T> type, Supplier<T> making) {
        Object found = shared.get(type);
        if (found == null) {
            found = making.get();
            shared.put(type, found);
        }
        return type.cast(found);
    }

    /** Runs when everything is read: for what refers to other objects. */
    void later(Runnable translation) {
        translations.add(translation);
    }

    /** Counts an object of a kind that is not read. */
    void ignore(String apiVersionAndKind) {
        ignored.merge(apiVersionAndKind, 1, Integer::sum);
    }

    Manifests build(Problems problems) {
        Map<String, List<ReadEndpoints>> endpoints =
                noted(ReadEndpoints.class).stream().collect(Collectors.groupingBy(ReadEndpoints::serviceName));
        services.replaceAll(service ->
                complete(service, endpoints.getOrDefault(service.namespace() + "/" + service.name(), List.of())));
        translations.forEach(Runnable::run);
        Snapshot snapshot = Snapshot.of(
                namespaces,
                new PodAssembly(pods, workloads, nodes, accountLabels, problems).pods(),
                nodes,
                services,
                policies);
        Routes routes = new Routes(noted(ReadGateway.class), noted(Grant.class), snapshot.namespaces());
        noted(ReadRoute.class).forEach(route -> entrances.add(routes.entrance(route)));
        Snapshot whole = snapshot.withEntrances(entrances).withMesh(IstioMesh.of(this));
        return new Manifests(whole, problems.sorted(), texts, new TreeMap<>(ignored));
    }

    /** A dump holds Endpoints and the EndpointSlices that mirror them: each address counts once. */
    private static Service complete(Service service, List<ReadEndpoints> known) {
        boolean leads = service.selector().isEmpty() && !service.type().equals("ExternalName") && !known.isEmpty();
        return leads
                ? service.withEndpoints(known.stream()
                        .flatMap(read -> read.endpoints().stream())
                        .distinct()
                        .toList())
                : service;
    }
}
