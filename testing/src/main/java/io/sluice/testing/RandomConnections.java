package io.sluice.testing;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Random connections in a cluster: between any two of its parties and the addresses at the edges of every block that a
 * policy names, about any traffic, through a Service or not.
 */
public final class RandomConnections {
    private final Chance chance;
    private final List<Party> pods = new ArrayList<>();
    private final List<Party> all = new ArrayList<>();

    public RandomConnections(Chance chance, Snapshot snapshot) {
        this.chance = chance;
        AddressBook book = AddressBook.of(snapshot);
        for (Pod pod : snapshot.pods()) {
            pods.add(book.partyOf(pod));
            pod.ips().forEach(ip -> pods.add(book.partyOf(pod, ip)));
            if (chance.percent(10)) {
                pods.add(new Party.OfPod(pod, null));
            }
        }
        all.addAll(pods);
        for (Node node : snapshot.nodes()) {
            all.add(new Party.OfNode(node, null));
            node.ips().forEach(ip -> all.add(new Party.OfNode(node, ip)));
            all.add(new Party.OfNode(node, RandomCluster.podAddress(chance, chance.percent(50))));
        }
        edges(snapshot).forEach(ip -> all.add(book.party(ip)));
        all.add(new Party.OfNetwork(RandomCluster.podAddress(chance, true)));
    }

    /** First, last, one before and one after: every block and every exception. */
    public static Set<Ip> edges(Snapshot snapshot) {
        Set<Ip> edges = new LinkedHashSet<>();
        for (Policy policy : snapshot.policies()) {
            for (Section section : policy.sections()) {
                for (Rule rule : section.rules()) {
                    for (Peer peer : rule.peers()) {
                        if (peer instanceof Peer.Network(Cidr cidr, List<Cidr> except)) {
                            addEdges(cidr, edges);
                            except.forEach(e -> addEdges(e, edges));
                        }
                    }
                }
            }
        }
        return edges;
    }

    private static void addEdges(Cidr cidr, Set<Ip> edges) {
        Ip first = cidr.base();
        Ip last = cidr.last();
        edges.add(first);
        edges.add(last);
        edges.add(new Ip(first.low() == 0 ? first.high() - 1 : first.high(), first.low() - 1));
        edges.add(new Ip(last.low() == -1 ? last.high() + 1 : last.high(), last.low() + 1));
    }

    public Connection next() {
        Party from = chance.percent(80) ? chance.among(pods) : chance.among(all);
        Party to = chance.percent(10) ? from : chance.percent(70) ? chance.among(pods) : chance.among(all);
        Protocol protocol = chance.percent(85)
                ? chance.among(Protocol.TCP, Protocol.UDP, Protocol.SCTP)
                : chance.among(Protocol.ICMP, Protocol.ICMPV6, new Protocol(0), new Protocol(47), new Protocol(255));
        int port = protocol.hasPorts()
                ? chance.among(0, 1, 52, 53, 54, 79, 80, 81, 82, 8080, 65_534, 65_535)
                : protocol.isIcmp() ? chance.among(0, 8) << 8 | chance.below(2) : 0;
        return new Connection(from, to, protocol, port, chance.percent(80));
    }
}
