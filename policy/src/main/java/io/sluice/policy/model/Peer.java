package io.sluice.policy.model;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.List;

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

    Peer EVERYTHING = new Everything();
}
