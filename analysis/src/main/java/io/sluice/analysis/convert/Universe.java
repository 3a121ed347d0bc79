package io.sluice.analysis.convert;

import io.sluice.analysis.reach.Satisfying;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cluster to compare policies on: what was read, and beside it a pod to fit each selector of the policies, one that
 * fits none, and two nodes; everybody placed, and with an address of each family. The addresses lie in none of the blocks
 * that policies name, except those of all addresses.
 */
final class Universe {
    private static final List<Cidr> IPV4 = Stream.of("198.18.0.0/15", "100.64.0.0/10", "10.0.0.0/8", "240.0.0.0/8")
            .map(Cidr::parse)
            .toList();
    private static final List<Cidr> IPV6 = Stream.of("2001:2::/48", "fd00:18::/48", "fd00:19::/48", "5f00::/48")
            .map(Cidr::parse)
            .toList();
    private static final int FIRST_PORT = 40_000;

    private final Snapshot read;
    private final Map<String, Namespace> namespaces;
    private final List<Pod> pods = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Cidr v4;
    private final Cidr v6;
    private int addresses;

    private Universe(Snapshot read, List<Policy> policies) {
        this.read = read;
        namespaces = new LinkedHashMap<>(read.namespaces());
        List<Cidr> named = rules(policies)
                .flatMap(rule -> rule.peers().stream().flatMap(Peer::leaves))
                .flatMap(peer -> peer instanceof Peer.Network block ? Stream.of(block.cidr()) : Stream.of())
                .filter(cidr -> cidr.length() > 0)
                .toList();
        v4 = free(IPV4, named);
        v6 = free(IPV6, named);
    }

    /** @param policies of both sides of the comparison */
    static Snapshot of(Snapshot read, List<Policy> policies) {
        return new Universe(read, policies).build(policies);
    }

    private static Cidr free(List<Cidr> candidates, List<Cidr> named) {
        return candidates.stream()
                .filter(candidate -> named.stream().noneMatch(n -> n.contains(candidate) || candidate.contains(n)))
                .findFirst()
                .orElse(candidates.getLast());
    }

    private static Stream<Rule> rules(List<Policy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.sections().stream())
                .flatMap(section -> section.rules().stream());
    }

    private Snapshot build(List<Policy> policies) {
        nodes.addAll(read.nodes());
        for (String name : List.of("node-one", "node-two")) {
            nodes.add(new Node(name, Map.of(), next()));
        }
        for (Pod pod : read.pods()) {
            pods.add(pod.at(
                    pod.node().isEmpty() ? nodes.get(pods.size() % nodes.size()).name() : pod.node(),
                    pod.ips().isEmpty() && !pod.hostNetwork() ? next() : pod.ips()));
        }
        List<ContainerPort> ports = ports(policies);
        add(NamespaceMatch.EVERY, Selector.ALL, List.of());
        for (Policy policy : policies) {
            add(policy.subject(), ports);
        }
        rules(policies).forEach(rule -> {
            rule.only().ifPresent(only -> add(only, ports));
            rule.peers().stream().flatMap(Peer::leaves).forEach(peer -> {
                if (peer instanceof Peer.Pods(NamespaceMatch match, Selector selector)) {
                    add(match, selector, ports);
                }
            });
        });
        return read.withNamespaces(namespaces).withPods(pods).withNodes(nodes);
    }

    /** Each port name that a rule uses, on a number of its own. */
    private static List<ContainerPort> ports(List<Policy> policies) {
        Set<ContainerPort> out = new LinkedHashSet<>();
        rules(policies).flatMap(rule -> rule.ports().stream()).forEach(port -> {
            if (port instanceof PortMatch.Named(String name, Protocol protocol)) {
                Protocol its = protocol == null ? Protocol.TCP : protocol;
                if (out.stream()
                        .noneMatch(p -> p.name().equals(name) && p.protocol().equals(its))) {
                    out.add(new ContainerPort(name, its, FIRST_PORT + out.size()));
                }
            }
        });
        return List.copyOf(out);
    }

    private void add(Subject subject, List<ContainerPort> ports) {
        add(subject.namespaces(), subject.pods(), ports);
    }

    private void add(NamespaceMatch match, Selector selector, List<ContainerPort> ports) {
        Satisfying.labels(selector).ifPresent(labels -> {
            Namespace namespace = switch (match) {
                case NamespaceMatch.Named(String name) -> namespaces.getOrDefault(name, new Namespace(name, Map.of()));
                case NamespaceMatch.Labelled(Selector wanted) ->
                    Satisfying.labels(wanted)
                            .map(of -> named(of, wanted))
                            .orElseGet(() -> new Namespace("made-for-nobody", Map.of()));
            };
            if (known.add(namespace.name() + labels)) {
                namespaces.putIfAbsent(namespace.name(), namespace);
                String name = "made-" + known.size();
                pods.add(new Pod(
                        namespace.name(),
                        name,
                        labels,
                        next(),
                        nodes.get(pods.size() % nodes.size()).name(),
                        false,
                        ports,
                        new Workload("Pod", namespace.name(), name),
                        SourcePosition.NONE));
            }
        });
    }

    private Namespace named(Map<String, String> labels, Selector wanted) {
        String name = labels.getOrDefault(Namespace.NAME_LABEL, "made-for-" + Integer.toHexString(labels.hashCode()));
        Namespace there = namespaces.get(name);
        return there != null && wanted.matches(there.labels()) ? there : new Namespace(name, labels);
    }

    private List<Ip> next() {
        addresses++;
        return List.of(after(v4, addresses), after(v6, addresses));
    }

    private static Ip after(Cidr block, int place) {
        return new Ip(block.base().high(), block.base().low() + place);
    }
}
