package io.sluice.cli;

import io.sluice.lab.probe.Family;
import io.sluice.lab.probe.PlanOptions;
import io.sluice.lab.probe.Probe;
import io.sluice.lab.probe.ProbePlan;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the ends of a connection as a person names them. */
final class ProbeTarget {
    private static final PlanOptions SERVICES =
            new PlanOptions(Set.of(Family.values()), Set.of(), false, false, false, true);

    private final Snapshot snapshot;
    private final AddressBook book;
    private final boolean v4;
    private @Nullable ProbePlan plan;

    ProbeTarget(Snapshot snapshot, boolean v4) {
        this.snapshot = snapshot;
        this.book = AddressBook.of(snapshot);
        this.v4 = v4;
    }

    /** @throws Refusal if a name means nothing here */
    List<Probe> probes(String from, String toAndPort, Protocol protocol) {
        int colon = toAndPort.lastIndexOf(':');
        if (colon < 0 || !toAndPort.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new Refusal("TO:PORT is needed, such as shop/cart:8080, not " + toAndPort);
        }
        return probes(
                from,
                toAndPort.substring(0, colon).replaceAll("^\\[|]$", ""),
                protocol,
                Integer.parseInt(toAndPort.substring(colon + 1)));
    }

    /**
     * Where the destination is a Service that has this port, the connection goes through its address.
     *
     * @throws Refusal if a name means nothing here
     */
    List<Probe> probes(String from, String to, Protocol protocol, int port) {
        Optional<Ip> given = Ip.tryParse(to);
        boolean family = given.or(() -> Ip.tryParse(from)).map(Ip::isV4).orElse(v4);
        Party source = party(from, family);
        Optional<Service> service = snapshot.services().stream()
                .filter(s -> (s.namespace() + "/" + s.name()).equals(to))
                .filter(s -> s.ports().stream()
                        .anyMatch(p -> p.port() == port && p.protocol().equals(protocol)))
                .filter(s -> s.clusterIps().stream().anyMatch(ip -> ip.isV4() == family))
                .findFirst();
        if (service.isPresent()) {
            List<Probe> through = plan().probes().stream()
                    .filter(p -> p.from().equals(source)
                            && p.port() == port
                            && p.protocol().equals(protocol))
                    .filter(p -> p.to() instanceof Probe.OfService(Service s, var _) && s.equals(service.get()))
                    .toList();
            if (!through.isEmpty()) {
                return through;
            }
        }
        Party destination = given.<Party>map(book::party).orElseGet(() -> party(to, family));
        if (destination.address().isEmpty()) {
            throw new Refusal(to + " has no IPv" + (family ? 4 : 6) + " address");
        }
        return List.of(Probe.between(source, destination, protocol, port));
    }

    /** Made once, and only where a Service is asked for: in a large cluster there are many probes. */
    private ProbePlan plan() {
        ProbePlan made = plan;
        if (made == null) {
            made = ProbePlan.of(snapshot, SERVICES);
            plan = made;
        }
        return made;
    }

    private Party party(String name, boolean family) {
        Optional<Ip> ip = Ip.tryParse(name);
        if (ip.isPresent()) {
            return book.party(ip.get());
        }
        Optional<Pod> pod = snapshot.pods().stream()
                .filter(p -> p.fullName().equals(name))
                .findFirst()
                .or(() -> snapshot.pods().stream()
                        .filter(p ->
                                (p.workload().namespace() + "/" + p.workload().name()).equals(name))
                        .findFirst())
                .or(() -> snapshot.services().stream()
                        .filter(s -> (s.namespace() + "/" + s.name()).equals(name))
                        .flatMap(s -> snapshot.pods().stream().filter(s::selects))
                        .findFirst());
        if (pod.isPresent()) {
            return book.partyOf(pod.get(), family)
                    .orElseThrow(() -> new Refusal(name + " has no IPv" + (family ? 4 : 6) + " address"));
        }
        return snapshot.nodes().stream()
                .filter(n -> n.name().equals(name) || ("node " + n.name()).equals(name))
                .findFirst()
                .<Party>map(n -> new Party.OfNode(n, address(n, family)))
                .orElseThrow(() -> new Refusal("The lab has no pod, workload, service or node named " + name
                        + ". 'sluice lab status' lists them."));
    }

    private static Ip address(Node node, boolean family) {
        return node.ips().stream()
                .filter(ip -> ip.isV4() == family)
                .findFirst()
                .orElseThrow(() -> new Refusal(node.name() + " has no IPv" + (family ? 4 : 6) + " address"));
    }
}
