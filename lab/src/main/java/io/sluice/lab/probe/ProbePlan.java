package io.sluice.lab.probe;

import io.sluice.lab.ClusterDns;
import io.sluice.lab.RulePorts.Port;
import io.sluice.lab.World;
import io.sluice.lab.net.Backends;
import io.sluice.lab.net.Network;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Every question worth asking a lab: each ordered pair of pods, pods and nodes both ways, pods and the world both ways,
 * and each pod to each Service; on the ports that the destination has and those that rules name for it.
 *
 * @param notes what cannot be asked, a sentence each
 */
public record ProbePlan(List<Probe> probes, List<String> notes) {
    public ProbePlan {
        probes = List.copyOf(probes);
        notes = List.copyOf(notes);
    }

    /** The plan for a placed snapshot. */
    public static ProbePlan of(Snapshot placed, PlanOptions options) {
        return new Maker(placed, options).make();
    }

    public static ProbePlan of(Snapshot placed) {
        return of(placed, PlanOptions.EVERYTHING);
    }

    private static final class Maker {
        private final Snapshot placed;
        private final PlanOptions options;
        private final DestinationPorts ports;
        private final List<Probe> probes = new ArrayList<>();

        Maker(Snapshot placed, PlanOptions options) {
            this.placed = placed;
            this.options = options;
            this.ports = new DestinationPorts(placed, options);
        }

        ProbePlan make() {
            List<Party> pods = new ArrayList<>();
            Network.ownNetwork(placed).forEach(p -> p.ips().forEach(ip -> pods.add(new Party.OfPod(p, ip))));
            List<Party> others = new ArrayList<>();
            if (options.nodes()) {
                placed.nodes().forEach(n -> n.ips().forEach(ip -> others.add(new Party.OfNode(n, ip))));
            }
            if (options.world()) {
                World.addresses(placed).forEach(ip -> others.add(new Party.OfNetwork(ip)));
            }
            pods.removeIf(p -> !asked(p));
            others.removeIf(p -> !asked(p));
            List<Party> all = new ArrayList<>(pods);
            all.addAll(others);
            pods.forEach(to -> toParty(all, to));
            others.forEach(to -> toParty(pods, to));
            if (options.services()) {
                placed.services().forEach(service -> toService(pods, service));
            }
            return new ProbePlan(probes, notes());
        }

        private boolean asked(Party party) {
            return party.address()
                    .filter(ip -> options.families().contains(Family.of(ip)))
                    .isPresent();
        }

        private void toParty(List<Party> sources, Party to) {
            Ip address = to.address().orElseThrow();
            SortedSet<Port> asked = ports.of(to);
            for (Party from : sources) {
                if (sameFamily(from, address) && !sameHolder(from, to)) {
                    for (Port port : asked) {
                        probes.add(Probe.between(from, to, port.protocol(), port.number()));
                    }
                }
            }
        }

        private void toService(List<Party> sources, Service service) {
            for (ServicePort port : service.ports()) {
                boolean number = options.ports().isEmpty() || options.ports().contains(port.port());
                if (!number || !new Port(port.protocol(), port.port()).hasSocket()) {
                    continue;
                }
                for (Ip address : service.clusterIps()) {
                    List<Backends.Backend> backends = Backends.of(service, port, address.isV4(), placed);
                    for (Party from : sources) {
                        if (sameFamily(from, address) && !backends.isEmpty()) {
                            probes.add(new Probe(
                                    from,
                                    new Probe.OfService(service, judged(from, port.protocol(), backends)),
                                    port.protocol(),
                                    port.port(),
                                    address,
                                    ClusterDns.isDnsService(service)
                                                    && port.protocol().equals(Protocol.UDP)
                                            ? Probe.Question.DNS
                                            : Probe.Question.GREETING));
                        }
                    }
                }
            }
        }

        private List<Connection> judged(Party from, Protocol protocol, List<Backends.Backend> backends) {
            return backends.stream()
                    .map(b -> {
                        Party to = b.pod().hostNetwork()
                                ? new Party.OfNode(placed.node(b.pod().node()).orElseThrow(), b.ip())
                                : new Party.OfPod(b.pod(), b.ip());
                        return new Connection(from, to, protocol, b.port(), sameHolder(from, to));
                    })
                    .toList();
        }

        private static boolean sameFamily(Party from, Ip address) {
            return from.address().filter(ip -> ip.isV4() == address.isV4()).isPresent();
        }

        /** A party that speaks to itself directly never leaves its namespace, and no policy sees it. */
        private static boolean sameHolder(Party from, Party to) {
            return switch (from) {
                case Party.OfPod(Pod pod, var _) ->
                    to instanceof Party.OfPod(Pod other, var _)
                            && pod.fullName().equals(other.fullName());
                case Party.OfNode(Node node, var _) ->
                    to instanceof Party.OfNode(Node other, var _) && node.name().equals(other.name());
                case Party.OfNetwork(Ip _) -> to instanceof Party.OfNetwork;
            };
        }

        private List<String> notes() {
            long sctp = placed.pods().stream()
                    .flatMap(p -> p.ports().stream())
                    .filter(p -> p.protocol().equals(Protocol.SCTP))
                    .count();
            return sctp == 0
                    ? List.of()
                    : List.of("SCTP is not probed (" + sctp + " container ports): Java has no sockets for it");
        }
    }
}
