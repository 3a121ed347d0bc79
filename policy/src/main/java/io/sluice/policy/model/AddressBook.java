package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who holds an address in a snapshot. Immutable and thread-safe.
 *
 * <p>Where several claim one address, a pod with its own network comes before a node and the first in the snapshot
 * before the later ones.
 */
public final class AddressBook {
    private final Map<Ip, Party> byAddress = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();

    private AddressBook(Snapshot snapshot) {
        snapshot.nodes().forEach(node -> nodes.putIfAbsent(node.name(), node));
        for (Pod pod : snapshot.pods()) {
            if (!pod.hostNetwork()) {
                pod.ips().forEach(ip -> byAddress.putIfAbsent(ip, new Party.OfPod(pod, ip)));
            }
        }
        for (Node node : snapshot.nodes()) {
            node.ips().forEach(ip -> byAddress.putIfAbsent(ip, new Party.OfNode(node, ip)));
        }
        for (Pod pod : snapshot.pods()) {
            if (pod.hostNetwork()) {
                pod.ips().forEach(ip -> byAddress.putIfAbsent(ip, new Party.OfNode(nodeUnder(pod), ip)));
            }
        }
    }

    public static AddressBook of(Snapshot snapshot) {
        return new AddressBook(snapshot);
    }

    /** The holder of an address: a pod with its own network, a node, or else the network outside. */
    public Party party(Ip ip) {
        Party party = byAddress.get(ip);
        return party != null ? party : new Party.OfNetwork(ip);
    }

    /** A pod as a party to a connection: by the given address, or as its node if it shares the node's network. */
    public Party partyOf(Pod pod, Ip ip) {
        return pod.hostNetwork() ? new Party.OfNode(nodeUnder(pod), ip) : new Party.OfPod(pod, ip);
    }

    /** The same by its first address; without one if it has none yet. */
    public Party partyOf(Pod pod) {
        return partyOf(pod, pod.ips().stream().findFirst());
    }

    /** The same by its first address of a family, if it has one of that family. */
    public Optional<Party> partyOf(Pod pod, boolean v4) {
        return pod.ips().stream().filter(ip -> ip.isV4() == v4).findFirst().map(ip -> partyOf(pod, ip));
    }

    private Party partyOf(Pod pod, Optional<Ip> ip) {
        return pod.hostNetwork()
                ? new Party.OfNode(nodeUnder(pod), ip.orElse(null))
                : new Party.OfPod(pod, ip.orElse(null));
    }

    private Node nodeUnder(Pod pod) {
        Node node = nodes.get(pod.node());
        return node != null ? node : Node.under(pod);
    }
}
