package io.sluice.analysis.directory;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The endpoints of a snapshot by the names that people and recordings give them. Immutable and thread-safe. */
public final class Directory {
    private final Snapshot snapshot;
    private final AddressBook addresses;
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<Workload, List<Pod>> workloads = new LinkedHashMap<>();
    private final Map<String, List<Workload>> workloadsByName = new HashMap<>();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<Ip, Service> servicesByAddress = new HashMap<>();

    private Directory(Snapshot snapshot) {
        this.snapshot = snapshot;
        addresses = AddressBook.of(snapshot);
        for (Pod pod : snapshot.pods()) {
            pods.putIfAbsent(pod.fullName(), pod);
            workloads.computeIfAbsent(pod.workload(), this::named).add(pod);
        }
        for (Service service : snapshot.services()) {
            services.putIfAbsent(service.namespace() + "/" + service.name(), service);
            service.clusterIps().forEach(ip -> servicesByAddress.putIfAbsent(ip, service));
        }
    }

    private List<Pod> named(Workload workload) {
        workloadsByName
                .computeIfAbsent(workload.namespace() + "/" + workload.name(), _ -> new ArrayList<>())
                .add(workload);
        return new ArrayList<>();
    }

    public static Directory of(Snapshot snapshot) {
        return new Directory(snapshot);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** Workloads with their pods, in the order of the snapshot. */
    public Map<Workload, List<Pod>> workloads() {
        return workloads;
    }

    /** @param fullName {@code namespace/name} */
    public Optional<Pod> pod(String fullName) {
        return Optional.ofNullable(pods.get(fullName));
    }

    /** The pods of the workloads of a name, of every kind; empty if there is none. */
    public List<Pod> podsOfWorkload(String fullName) {
        return workloadsByName.getOrDefault(fullName, List.of()).stream()
                .flatMap(w -> workloads.getOrDefault(w, List.of()).stream())
                .toList();
    }

    List<Workload> workloadsNamed(String fullName) {
        return workloadsByName.getOrDefault(fullName, List.of());
    }

    List<Pod> podsOf(Workload workload) {
        return workloads.getOrDefault(workload, List.of());
    }

    public Optional<Service> service(String fullName) {
        return Optional.ofNullable(services.get(fullName));
    }

    /** The Service that a cluster IP belongs to. */
    public Optional<Service> serviceAt(Ip address) {
        return Optional.ofNullable(servicesByAddress.get(address));
    }

    /** The pods behind a Service, in the order of the snapshot. */
    public List<Pod> backends(Service service) {
        return snapshot.pods().stream().filter(service::selects).toList();
    }

    /** A pod by its first address, or as its node if it shares the node's network. */
    public Party party(Pod pod) {
        return addresses.partyOf(pod);
    }

    /** The holder of an address. */
    public Party party(Ip address) {
        return addresses.party(address);
    }

    /**
     * Two parties that can speak to each other: both by an address of one family, IPv4 first.
     *
     * @return empty if they have addresses but none of a common family
     */
    public Optional<Pair> together(Pod from, Pod to) {
        if (from.ips().isEmpty() || to.ips().isEmpty()) {
            return Optional.of(new Pair(party(from), party(to)));
        }
        for (boolean v4 : new boolean[] {true, false}) {
            Optional<Party> source = addresses.partyOf(from, v4);
            Optional<Party> destination = addresses.partyOf(to, v4);
            if (source.isPresent() && destination.isPresent()) {
                return Optional.of(new Pair(source.get(), destination.get()));
            }
        }
        return Optional.empty();
    }

    /** A pod by its first address of a family, if it has one of that family. */
    public Optional<Party> party(Pod pod, boolean v4) {
        return addresses.partyOf(pod, v4);
    }

    /**
     * The port that a pod is reached on through a port of a Service.
     *
     * @return empty if the Service has no such port, or the port's name is none of the pod's
     */
    public static Optional<Integer> targetPort(Service service, Protocol protocol, int port, Pod backend) {
        return service.ports().stream()
                .filter(p -> p.port() == port && p.protocol().equals(protocol))
                .findFirst()
                .flatMap(p -> p.targetName().isEmpty()
                        ? Optional.of(p.targetPort())
                        : named(backend, p.targetName(), protocol));
    }

    private static Optional<Integer> named(Pod pod, String name, Protocol protocol) {
        return pod.ports().stream()
                .filter(p -> p.name().equals(name) && p.protocol().equals(protocol))
                .map(ContainerPort::port)
                .findFirst();
    }

    /** The pod by an address of the family of another address; by none if it has none at all. */
    public Optional<Party> facing(Pod pod, Ip other) {
        return pod.ips().isEmpty() ? Optional.of(party(pod)) : addresses.partyOf(pod, other.isV4());
    }

    /** Source and destination. */
    public record Pair(Party from, Party to) {}

    /** The existing names nearest to one that does not exist, best first, at most three. */
    public List<String> near(String fullName) {
        List<String> all = new ArrayList<>(workloadsByName.keySet());
        all.addAll(services.keySet());
        all.addAll(pods.keySet());
        return Nearness.nearest(fullName, all, 3);
    }
}
