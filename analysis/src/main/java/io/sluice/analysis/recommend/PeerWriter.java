package io.sluice.analysis.recommend;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Peers and ports of the rules for what was seen: peers with the same ports share a rule. */
final class PeerWriter {
    /** From so many neighbours on, ports are written as a range. */
    private static final int LEAST_RANGE = 3;

    private static final List<Cidr> ANYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private final StableLabels labels;
    private final Blocks.Bound bound;

    PeerWriter(StableLabels labels, Blocks.Bound bound) {
        this.labels = labels;
        this.bound = bound;
    }

    /**
     * @param talks of one subject in this direction
     * @param said where to put who is meant by a peer
     * @param notes where to put what cannot be written
     */
    List<Rule> rules(Direction direction, List<Talk> talks, Map<Peer, String> said, List<String> notes) {
        SortedMap<Talker, SortedSet<Integer>> ports = new TreeMap<>();
        for (Talk talk : talks) {
            ports.computeIfAbsent(talk.peer(direction), _ -> new TreeSet<>()).add(talk.key());
        }
        Map<List<Integer>, List<Talker>> byPorts = new LinkedHashMap<>();
        ports.forEach((talker, keys) -> byPorts.computeIfAbsent(List.copyOf(keys), _ -> new ArrayList<>())
                .add(talker));
        List<Rule> rules = new ArrayList<>();
        String own = talks.getFirst().subject(direction) instanceof Talker.Member(Workload workload)
                ? workload.namespace()
                : "";
        byPorts.forEach((keys, talkers) -> {
            List<Peer> peers = peers(own, talkers, said, notes);
            if (!peers.isEmpty()) {
                rules.add(new Rule("", Action.ALLOW, peers, matches(keys), SourcePosition.NONE));
            }
        });
        return rules;
    }

    private List<Peer> peers(String own, List<Talker> talkers, Map<Peer, String> said, List<String> notes) {
        List<Peer> peers = new ArrayList<>();
        List<Ip> addresses = new ArrayList<>();
        for (Talker talker : talkers) {
            switch (talker) {
                case Talker.Address(Ip ip) -> addresses.add(ip);
                case Talker.Anywhere() ->
                    ANYWHERE.forEach(block -> add(new Peer.Network(block, List.of()), "anywhere", peers, said));
                case Talker.Member(Workload workload) -> {
                    var choice = labels.of(workload);
                    if (choice.isEmpty()) {
                        notes.add(workload + " has no lasting label to name it as a peer by: give it one");
                    } else {
                        NamespaceMatch namespace = workload.namespace().equals(own)
                                ? new NamespaceMatch.Named(own)
                                : new NamespaceMatch.Labelled(
                                        Selector.labels(Map.of(Namespace.NAME_LABEL, workload.namespace())));
                        add(new Peer.Pods(namespace, choice.get().selector()), talker.toString(), peers, said);
                    }
                }
            }
        }
        for (Cidr block : Blocks.around(addresses, bound)) {
            long seen = addresses.stream().filter(block::contains).count();
            String text = seen == 1
                    ? "one address seen"
                    : seen + " addresses seen, taken together within a /" + bound.of(block.base());
            add(new Peer.Network(block, List.of()), text, peers, said);
        }
        return peers;
    }

    private static void add(Peer peer, String text, List<Peer> peers, Map<Peer, String> said) {
        if (!peers.contains(peer)) {
            peers.add(peer);
        }
        said.merge(peer, text, (one, more) -> one.equals(more) ? one : one + ", " + more);
    }

    private static List<PortMatch> matches(List<Integer> keys) {
        List<PortMatch> out = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= keys.size(); i++) {
            if (i < keys.size() && keys.get(i) == keys.get(i - 1) + 1) {
                continue;
            }
            if (i - start >= LEAST_RANGE) {
                out.add(new PortMatch.Range(new TrafficRange(keys.get(start), keys.get(i - 1))));
            } else {
                keys.subList(start, i).forEach(key -> out.add(new PortMatch.Range(new TrafficRange(key, key))));
            }
            start = i;
        }
        return out;
    }
}
