package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pods whose ports the ports of a rule are: the subject's for ingress, the peers' for egress. */
final class Destinations {
    private final Cluster cluster;
    private final Map<BitSet, Served> known = new HashMap<>();

    Destinations(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Empty where not all of the pods are known: then nothing can be said of their ports. */
    Optional<Served> of(Policy policy, Direction direction, Rule rule) {
        BitSet pods = direction == Direction.INGRESS
                ? cluster.pods()
                        .select(policy.subject().namespaces(), policy.subject().pods())
                : peers(rule);
        return pods.isEmpty()
                ? Optional.empty()
                : Optional.of(known.computeIfAbsent(
                        pods, all -> Served.by(cluster.pods().of(all))));
    }

    private BitSet peers(Rule rule) {
        BitSet found = new BitSet();
        for (Peer peer : rule.peers()) {
            if (!(peer instanceof Peer.Pods(var namespaces, var pods))
                    || pods.equals(Selector.ALL) && Selections.isOpenEnded(namespaces)) {
                return new BitSet();
            }
            BitSet here = cluster.pods().select(namespaces, pods);
            if (here.isEmpty()) {
                return new BitSet();
            }
            found.or(here);
        }
        return found;
    }

    /**
     * What pods serve, together.
     *
     * @param complete whether each of them declares ports; one that does not may serve any
     * @param numbers by {@link TrafficRange#key}
     * @param ports the distinct ones
     */
    record Served(
            List<PodGroup> pods,
            String workloads,
            boolean complete,
            TreeSet<Integer> numbers,
            Set<ContainerPort> ports) {
        private static Served by(List<PodGroup> groups) {
            TreeSet<Integer> numbers = new TreeSet<>();
            Set<ContainerPort> ports = new HashSet<>();
            boolean complete = true;
            for (PodGroup group : groups) {
                complete &= group.declaresPorts();
                for (Pod pod : group.pods()) {
                    for (ContainerPort port : pod.ports()) {
                        if (ports.add(port)) {
                            numbers.add(TrafficRange.key(port.protocol(), port.port()));
                        }
                    }
                }
            }
            return new Served(groups, PodGroup.workloads(groups), complete, numbers, ports);
        }

        boolean serves(TrafficRange range) {
            Integer next = numbers.ceiling(range.first());
            return next != null && next <= range.last();
        }

        boolean has(PortMatch.Named named) {
            return ports.stream().anyMatch(named::names);
        }

        /** The ports as a list of a few; empty where they are many. */
        String listed() {
            return numbers.size() > 4
                    ? ""
                    : numbers.stream()
                            .map(key -> (key & 0xffff) + "/" + new Protocol(key >>> 16))
                            .collect(Collectors.joining(", "));
        }

        /** The names of the ports, sorted. */
        TreeSet<String> names() {
            TreeSet<String> names = new TreeSet<>();
            ports.forEach(port -> names.add(port.name()));
            names.remove("");
            return names;
        }
    }
}
