package io.sluice.lab.probe;

import io.sluice.lab.ClusterDns;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.List;

/**
 * One question to the network: does this party reach that address on that port?
 *
 * @param from with the address that the connection comes from
 * @param address that is connected to, of the family of {@code from}'s
 * @param question what a datagram says; empty for TCP
 */
public record Probe(Party from, Target to, Protocol protocol, int port, Ip address, Question question) {
    /** What is asked for. */
    public sealed interface Target {}

    /** A party by its own address. */
    public record OfParty(Party party) implements Target {}

    /**
     * A Service by its virtual address.
     *
     * @param backends every connection that it may become, after translation
     */
    public record OfService(Service service, List<Connection> backends) implements Target {
        public OfService {
            backends = List.copyOf(backends);
        }
    }

    /** What is sent once the way is open. */
    public enum Question {
        /** Nothing over TCP, any datagram over UDP; any reply counts. */
        GREETING,
        /** A DNS query; only a DNS reply to it counts. */
        DNS
    }

    /**
     * From one party to another by its own address.
     *
     * @param to with an address
     */
    public static Probe between(Party from, Party to, Protocol protocol, int port) {
        boolean dns = to instanceof Party.OfPod(Pod pod, var _)
                && ClusterDns.isDnsPod(pod)
                && port == ClusterDns.port(pod)
                && protocol.equals(Protocol.UDP);
        return new Probe(
                from,
                new OfParty(to),
                protocol,
                port,
                to.address().orElseThrow(),
                dns ? Question.DNS : Question.GREETING);
    }

    /** The connections that policies judge; all of them must get the same verdict for one to be expected. */
    public List<Connection> judged() {
        return switch (to) {
            case OfParty(Party party) -> List.of(new Connection(from, party, protocol, port));
            case OfService(Service _, List<Connection> backends) -> backends;
        };
    }

    /** {@code web/front -> data/store 10.244.1.3 5432/TCP}. */
    @Override
    public String toString() {
        boolean named = to instanceof OfParty(Party.OfNetwork _);
        String target = named ? targetName() : targetName() + " " + address;
        return name(from) + " -> " + target + " " + port + "/" + protocol;
    }

    /** The destination's name, as {@link #name} or {@code service namespace/name}. */
    public String targetName() {
        return switch (to) {
            case OfParty(Party party) -> name(party);
            case OfService(Service service, List<Connection> _) ->
                "service " + service.namespace() + "/" + service.name();
        };
    }

    /** A party's name: {@code namespace/pod}, {@code node name}, {@code world address}. */
    public static String name(Party party) {
        return switch (party) {
            case Party.OfPod(Pod pod, var _) -> pod.fullName();
            case Party.OfNode(Node node, var _) -> "node " + node.name();
            case Party.OfNetwork(Ip ip) -> "world " + ip;
        };
    }
}
