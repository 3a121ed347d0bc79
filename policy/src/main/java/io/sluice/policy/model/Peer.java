package io.sluice.policy.model;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.stream.Stream;

/** The other end of a rule. The peers of a rule are alternatives; an empty list of them matches nothing. */
public sealed interface Peer {
    /** Every source or destination, in or out of the cluster: a rule whose {@code from} or {@code to} is missing. */
    record Everything() implements Peer {}

    /** Pods by namespace and labels; never a host-network pod, which cannot be told from its node. */
    record Pods(NamespaceMatch namespaces, Selector pods) implements Peer {}

    /**
     * Addresses inside a prefix and outside its exceptions, whatever holds them: pods, nodes or the world
     * (NetworkPolicy ipBlock, ClusterNetworkPolicy networks). An exception takes away from this block alone.
     */
    record Network(Cidr cidr, List<Cidr> except) implements Peer {
        public Network {
            except = List.copyOf(except);
        }

        public boolean contains(Ip ip) {
            return cidr.contains(ip) && except.stream().noneMatch(e -> e.contains(ip));
        }
    }

    /** Nodes by label, host-network pods with them (ClusterNetworkPolicy nodes). */
    record Nodes(Selector nodes) implements Peer {}

    /** The node that the subject runs on, host-network pods there with it (Cilium's entity host). */
    record OwnNode() implements Peer {}

    /** Every address that neither a pod nor a node holds (Cilium's entity world). */
    record World() implements Peer {}

    /** Addresses known to stand for a domain name ({@link Snapshot#names}). */
    record Domain(DomainPattern pattern) implements Peer {}

    /** What all of the parts match; without parts everything. */
    record All(List<Peer> parts) implements Peer {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** What any of the parts matches; without parts nothing. */
    record Any(List<Peer> parts) implements Peer {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** What the part does not match, whatever it is. */
    record Not(Peer part) implements Peer {}

    Peer EVERYTHING = new Everything();

    /** This peer, or those that it is made of, down to those that are not made of others. */
    default Stream<Peer> leaves() {
        return switch (this) {
            case All(List<Peer> parts) -> parts.stream().flatMap(Peer::leaves);
            case Any(List<Peer> parts) -> parts.stream().flatMap(Peer::leaves);
            case Not(Peer part) -> part.leaves();
            case Everything _, Pods _, Network _, Nodes _, OwnNode _, World _, Domain _ -> Stream.of(this);
        };
    }
}
