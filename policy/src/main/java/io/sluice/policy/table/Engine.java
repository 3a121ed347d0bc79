package io.sluice.policy.table;

import io.sluice.policy.model.Change;
import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a table is made from, kept up to date. Changes are taken note of, and what they mean is worked out when all of
 * them are known. Not thread-safe; the tables that it makes are.
 */
final class Engine {
    private final RuleBook rules = new RuleBook();
    private final Population population = new Population();
    private final FeatureSets sets = new FeatureSets();
    private final Networks networks = new Networks(sets);
    private final Filing filing = new Filing(rules, population, networks);
    private final Tables tables = new Tables(rules);
    private final PolicySets policySets = new PolicySets(rules, sets, tables);
    private final Nodes nodes = new Nodes();
    private final IdentityRegistry registry = new IdentityRegistry();
    private final LiveIdentities.Editor live = new LiveIdentities.Editor(registry);
    private final Endpoints endpoints = new Endpoints(rules, population, sets, policySets, registry, live);
    private NetworkIndex index = networks.walk(this::networkIdentity);
    private Set<Integer> networkIdentities = Set.of();
    private NodeSelectors settledNodes = filing.nodes();
    private final Nodes.Numbers numbers = new NodeNumbers();

    /** How many pods of a namespace are on their nodes' networks. */
    private final Map<String, Integer> guests = new HashMap<>();

    private final Set<Integer> changedSubjects = new HashSet<>();

    private final Map<String, Namespace> namespaces = new LinkedHashMap<>();
    private Map<String, Namespace> publishedNamespaces = Map.of();
    private final Map<PolicyId, PolicyEntry> policies = new HashMap<>();
    private final Paged.Editor<PolicyEntry> policyPlaces = new Paged.Editor<>();
    private int nextPolicyPlace;
    private long nextPodPlace;
    private List<Service> services;
    private List<Entrance> entrances;
    private Map<Ip, Set<String>> names = Map.of();
    private Mesh mesh;

    /** One that knows a snapshot, but has not worked out yet what follows from it. */
    Engine(Snapshot snapshot) {
        services = snapshot.services();
        entrances = snapshot.entrances();
        mesh = snapshot.mesh();
        live.acquire(networkIdentity(FeatureSets.NONE));
        snapshot.namespaces().values().forEach(this::put);
        for (Policy policy : snapshot.policies()) {
            if (!policies.containsKey(policy.id())) {
                put(policy);
            }
        }
        // The labels that selectors ask for are known before there are pods.
        filing.file();
        for (Node node : snapshot.nodes()) {
            if (!nodes.isListed(node.name())) {
                nodes.put(node);
            }
        }
        // Pods of a namespace get numbers side by side, so that they are one run of a bitmap.
        List<Pod> pods = snapshot.pods();
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        for (int i = 0; i < pods.size(); i++) {
            places.computeIfAbsent(pods.get(i).namespace(), _ -> new ArrayList<>())
                    .add(i);
        }
        places.values()
                .forEach(all -> all.forEach(i -> {
                    if (endpoints.get(pods.get(i).namespace(), pods.get(i).name()) == null) {
                        add(pods.get(i), i);
                    }
                }));
        nextPodPlace = pods.size();
        snapshot.names().forEach(this::resolved);
    }

    /**
     * Takes note of a change.
     *
     * @throws IllegalArgumentException if it cannot be made; nothing is changed then
     */
    void make(Change change) {
        switch (change) {
            case Change.PutPod(Pod pod) -> put(pod);
            case Change.RemovePod(String namespace, String name) -> {
                PodEntry entry = endpoints.get(namespace, name);
                if (entry != null) {
                    remove(entry);
                }
            }
            case Change.PutNamespace(Namespace namespace) -> put(namespace);
            case Change.RemoveNamespace(String name) -> removeNamespace(name);
            case Change.PutNode(Node node) -> nodes.put(node);
            case Change.RemoveNode(String name) -> nodes.remove(name);
            case Change.PutPolicy(Policy policy) -> put(policy);
            case Change.RemovePolicy(PolicyId id) -> {
                PolicyEntry entry = policies.remove(id);
                if (entry != null) {
                    policyPlaces.set(entry.place(), null);
                    release(entry);
                }
            }
            case Change.Resolved(Ip ip, Set<String> known) -> resolved(ip, known);
            case Change.Services(List<Service> all) -> services = all;
            case Change.Entrances(List<Entrance> all) -> entrances = all;
            case Change.PutMesh(Mesh told) -> mesh = told;
        }
    }

    private void put(Namespace namespace) {
        namespaces.put(namespace.name(), namespace);
        publishedNamespaces = Map.of();
        endpoints.relabelled(population.put(namespace));
    }

    private void removeNamespace(String name) {
        if (guests.getOrDefault(name, 0) > 0) {
            throw new IllegalArgumentException("namespace " + name + " is not empty");
        }
        population.removeNamespace(name);
        namespaces.remove(name);
        publishedNamespaces = Map.of();
    }

    private void put(Pod pod) {
        PodEntry known = endpoints.get(pod.namespace(), pod.name());
        if (known != null && known.hasOwnNetwork() && !pod.hostNetwork()) {
            endpoints.replace(known, pod);
        } else {
            if (!namespaces.containsKey(pod.namespace())) {
                put(new Namespace(pod.namespace(), Map.of()));
            }
            if (known != null) {
                remove(known);
            }
            add(pod, known == null ? nextPodPlace++ : known.order());
        }
    }

    private void add(Pod pod, long place) {
        if (pod.hostNetwork()) {
            endpoints.addGuest(pod, place);
            nodes.put(place, pod);
            guests.merge(pod.namespace(), 1, Integer::sum);
        } else {
            endpoints.add(pod, place);
        }
    }

    private void remove(PodEntry entry) {
        if (entry.hasOwnNetwork()) {
            endpoints.remove(entry);
        } else {
            endpoints.removeGuest(entry);
            nodes.remove(entry.order(), entry.pod());
            guests.merge(entry.pod().namespace(), -1, Integer::sum);
        }
    }

    private void put(Policy policy) {
        PolicyEntry known = policies.get(policy.id());
        // What both versions ask for stays in use.
        PolicyEntry entry = rules.add(policy, known == null ? nextPolicyPlace++ : known.place());
        policies.put(policy.id(), entry);
        policyPlaces.set(entry.place(), entry);
        if (known != null) {
            release(known);
        }
        if (entry.subject() != PolicyEntry.NO_SUBJECT) {
            policySets.add(entry);
            changedSubjects.add(entry.subject());
        }
    }

    private void release(PolicyEntry entry) {
        if (entry.subject() != PolicyEntry.NO_SUBJECT) {
            policySets.remove(entry);
            changedSubjects.add(entry.subject());
        }
        rules.release(entry);
    }

    private void resolved(Ip ip, Set<String> known) {
        filing.resolved(ip, known);
        names = filing.names();
    }

    /**
     * Works out what follows from the changes.
     *
     * @param same the snapshot as it is now, where it is at hand
     */
    VerdictTable settle(Optional<Snapshot> same) {
        filing.file();
        filing.dropPeers();
        if (filing.nodes() != settledNodes) {
            settledNodes = filing.nodes();
            nodes.touchAll();
        }
        if (!networks.changed().isEmpty()) {
            networks.changed().forEach(endpoints::touch);
            index = networks.walk(this::networkIdentity);
            takeNetworkIdentities();
            nodes.touchAll();
        }
        endpoints.readNames();
        RoaringBitmap fresh = endpoints.fresh();
        boolean all = Reclassing.asksAll(fresh, rules.peers.live() + rules.subjects.live());
        Reclassing peers = new Reclassing(Scope.Use.PEER, population, sets, filing.peerSelectors(all), fresh, all);
        Reclassing subjects =
                new Reclassing(Scope.Use.SUBJECT, population, sets, filing.subjectSelectors(all), fresh, all);
        endpoints.settle(peers, subjects, changedSubjects, index);
        changedSubjects.clear();
        nodes.settle(numbers);
        filing.settle();
        if (publishedNamespaces.isEmpty()) {
            publishedNamespaces = Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
        }
        return new VerdictTable(
                new SnapshotParts(
                        publishedNamespaces,
                        endpoints.publish(),
                        nodes.published(),
                        services,
                        policyPlaces.publish(),
                        nextPolicyPlace,
                        entrances,
                        names,
                        mesh),
                same,
                rules,
                sets,
                nodes.entries(),
                filing.nodes(),
                index,
                live.publish(),
                policySets.publish(),
                policySets.count(),
                rules.peers.uses(RuleBook.WORLD) > 1);
    }

    private int networkIdentity(int ofClass) {
        return registry.number(
                new IdentityRegistry.Key(Signature.Holder.NETWORK, 0, 0, ofClass),
                new int[] {RuleBook.WORLD},
                sets.of(ofClass));
    }

    private void takeNetworkIdentities() {
        Set<Integer> now = index.identities();
        now.forEach(live::acquire);
        networkIdentities.forEach(live::release);
        networkIdentities = now;
    }

    /** Numbers nodes like everything else. */
    private final class NodeNumbers implements Nodes.Numbers {
        @Override
        public int classOf(Node node) {
            return sets.number(filing.nodes().matching(node.labels()));
        }

        @Override
        public int identity(int labels, @Nullable Ip ip) {
            int network = ip == null ? FeatureSets.NONE : index.classOf(ip);
            return registry.number(
                    new IdentityRegistry.Key(Signature.Holder.NODE, labels, 0, network),
                    sets.of(labels),
                    sets.of(network));
        }

        @Override
        public void acquire(int identity) {
            live.acquire(identity);
        }

        @Override
        public void release(int identity) {
            live.release(identity);
        }
    }

    /** Whether it would be better to begin anew: more numbers are out of use than in use. */
    boolean isStale() {
        return rules.isStale() || live.isStale() || nextPolicyPlace > 10_000 && nextPolicyPlace > 2 * policies.size();
    }
}
