package io.sluice.policy.table;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Every address of the snapshot with its identity. An identity is a class of pods or nodes by their labels, crossed
 * with a class of addresses by the blocks that hold them, crossed with what port names mean there.
 */
final class Endpoints {
    /** Not the number of an identity. */
    static final int UNKNOWN = -1;

    private static final int NO_ADDRESS = NetworkIndex.OUTSIDE;

    private final RuleBook rules;
    private final NetworkIndex networks;
    private final Partition podClasses;
    private final Partition nodeClasses;
    private final Map<PodKey, PodEntry> pods = new HashMap<>();

    /** The same by object, which saves reading two strings where the caller has the snapshot's own pods. */
    private final IdentityHashMap<Pod, PodEntry> podsByObject = new IdentityHashMap<>();

    private final Map<String, NodeEntry> nodes = new HashMap<>();
    private final List<Map<PortMatch.Named, Set<TrafficRange>>> meanings = new ArrayList<>();
    private final Map<Map<PortMatch.Named, Set<TrafficRange>>, Integer> meaningNumbers = new HashMap<>();
    private final NamedPorts egressNames;
    private final List<Key> keys = new ArrayList<>();
    private final Map<Key, Integer> identities = new HashMap<>();
    private final List<List<Cidr>> prefixes = new ArrayList<>();
    private final int[] networkIdentities;

    /** The feature of what neither a pod nor a node holds; empty if no rule asks for it. */
    private int[] world = new int[0];

    private record PodKey(String namespace, String name) {}

    /** What an identity is made of. */
    private record Key(Signature.Holder holder, int labels, int meaning, int network) {}

    /**
     * What is known of a pod.
     *
     * @param labels its class
     * @param identities of its addresses, in their order; one if it has none
     */
    record PodEntry(Pod pod, int policySet, int labels, int meaning, int[] identities) {}

    private record NodeEntry(Node node, int number, int[] identities) {}

    /** What the programs ask of a peer. */
    record Asked(BitSet features, Map<PortMatch.Named, Set<TrafficRange>> meaning) {}

    Endpoints(Snapshot snapshot, RuleBook rules, Population population, PolicySets sets) {
        this.rules = rules;
        egressNames = new NamedPorts(rules.names(Direction.EGRESS));
        Map<Integer, List<Peer.Network>> blocks = new LinkedHashMap<>();
        podClasses = new Partition(population.pods().size());
        List<Node> hosts = hosts(snapshot);
        nodeClasses = new Partition(hosts.size());
        LabelIndex nodeLabels = new LabelIndex(hosts.stream().map(Node::labels).toList(), nodeSelectors(rules));
        for (int feature = 0; feature < rules.peers().size(); feature++) {
            switch (rules.peers().get(feature)) {
                case Peer.Network block -> blocks.put(feature, List.of(block));
                case Peer.Domain(DomainPattern pattern) -> blocks.put(feature, known(pattern, snapshot));
                case Peer.World() -> world = new int[] {feature};
                case Peer.Nodes(Selector labels) ->
                    nodeClasses.split(feature, nodeLabels.select(labels, nodeLabels.everything()));
                case Peer.Pods(var namespaces, var labels) ->
                    podClasses.split(feature, population.select(namespaces, labels));
                case Peer.Everything _, Peer.OwnNode _, Peer.All _, Peer.Any _, Peer.Not _ ->
                    throw new IllegalStateException(rules.peers().get(feature) + " is no feature");
            }
        }
        networks = new NetworkIndex(blocks);

        meaning(Map.of());
        identity(new Key(Signature.Holder.NETWORK, 0, 0, NetworkIndex.OUTSIDE));
        for (int i = 0; i < population.pods().size(); i++) {
            Pod pod = population.pods().get(i);
            int meaning = meaning(egressNames.on(pod));
            int labels = podClasses.classOf(i);
            int[] own = identities(Signature.Holder.POD, labels, meaning, pod.ips());
            PodEntry entry = new PodEntry(pod, sets.setOf(i), labels, meaning, own);
            pods.putIfAbsent(new PodKey(pod.namespace(), pod.name()), entry);
            podsByObject.put(pod, entry);
        }
        for (int i = 0; i < hosts.size(); i++) {
            Node node = hosts.get(i);
            int[] own = identities(Signature.Holder.NODE, nodeClasses.classOf(i), 0, node.ips());
            nodes.putIfAbsent(node.name(), new NodeEntry(node, i, own));
        }
        for (Pod pod : snapshot.pods()) {
            if (pod.hostNetwork() && nodes.containsKey(pod.node())) {
                identities(Signature.Holder.NODE, nodeClasses.classOf(nodes.get(pod.node()).number), 0, pod.ips());
            }
        }
        networkIdentities = new int[networks.count()];
        for (int network = 0; network < networkIdentities.length; network++) {
            networkIdentities[network] = identity(new Key(Signature.Holder.NETWORK, 0, 0, network));
        }
        networks.prefixes()
                .forEach((prefix, network) ->
                        prefixes.get(networkIdentities[network]).add(prefix));
    }

    /** The addresses that a domain name is known to stand for. */
    private static List<Peer.Network> known(DomainPattern pattern, Snapshot snapshot) {
        return snapshot.names().entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(pattern::matches))
                .map(entry -> new Peer.Network(Cidr.of(entry.getKey()), List.of()))
                .toList();
    }

    /** The listed nodes, and those that a host-network pod proves to exist. */
    private static List<Node> hosts(Snapshot snapshot) {
        Map<String, Node> byName = new LinkedHashMap<>();
        snapshot.nodes().forEach(node -> byName.putIfAbsent(node.name(), node));
        snapshot.pods().stream()
                .filter(Pod::hostNetwork)
                .forEach(pod -> byName.computeIfAbsent(pod.node(), _ -> Node.under(pod)));
        return List.copyOf(byName.values());
    }

    private static List<Selector> nodeSelectors(RuleBook rules) {
        List<Selector> all = new ArrayList<>();
        for (Peer peer : rules.peers()) {
            if (peer instanceof Peer.Nodes(Selector labels)) {
                all.add(labels);
            }
        }
        return all;
    }

    private int[] identities(Signature.Holder holder, int labels, int meaning, List<Ip> ips) {
        if (ips.isEmpty()) {
            return new int[] {identity(new Key(holder, labels, meaning, NO_ADDRESS))};
        }
        int[] out = new int[ips.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = identity(new Key(holder, labels, meaning, networks.classOf(ips.get(i))));
        }
        return out;
    }

    private int identity(Key key) {
        return identities.computeIfAbsent(key, _ -> {
            keys.add(key);
            prefixes.add(new ArrayList<>());
            return keys.size() - 1;
        });
    }

    private int meaning(Map<PortMatch.Named, Set<TrafficRange>> names) {
        return meaningNumbers.computeIfAbsent(names, _ -> {
            meanings.add(names);
            return meanings.size() - 1;
        });
    }

    int count() {
        return keys.size();
    }

    List<Identity> identities() {
        int[] hashes = rules.peers().stream().mapToInt(Peer::hashCode).toArray();
        List<Identity> out = new ArrayList<>(keys.size());
        for (int id = 0; id < keys.size(); id++) {
            List<Peer> peers = new ArrayList<>();
            int hash = 0;
            for (int feature : features(keys.get(id))) {
                peers.add(rules.peers().get(feature));
                hash += hashes[feature];
            }
            Signature signature = new Signature(keys.get(id).holder, peers, hash, meanings.get(keys.get(id).meaning));
            out.add(new Identity(id, signature, prefixes.get(id)));
        }
        return Collections.unmodifiableList(out);
    }

    Map<Cidr, Integer> networkIdentities() {
        Map<Cidr, Integer> out = new LinkedHashMap<>();
        networks.prefixes().forEach((prefix, network) -> out.put(prefix, networkIdentities[network]));
        return Collections.unmodifiableMap(out);
    }

    private int[] features(Key key) {
        int[] byLabels = switch (key.holder) {
            case NETWORK -> world;
            case POD -> podClasses.features(key.labels);
            case NODE -> nodeClasses.features(key.labels);
        };
        int[] byAddress = networks.features(key.network);
        int[] all = Arrays.copyOf(byLabels, byLabels.length + byAddress.length);
        System.arraycopy(byAddress, 0, all, byLabels.length, byAddress.length);
        return all;
    }

    /** For each feature the identities that have it. */
    RoaringBitmap[] identitiesByFeature() {
        RoaringBitmap[] out = new RoaringBitmap[rules.peers().size()];
        for (int feature = 0; feature < out.length; feature++) {
            out[feature] = new RoaringBitmap();
        }
        for (int id = 0; id < keys.size(); id++) {
            for (int feature : features(keys.get(id))) {
                out[feature].add(id);
            }
        }
        return out;
    }

    /** The number of what port names mean at an identity; 0 where they mean nothing. */
    int meaningOf(int identity) {
        return keys.get(identity).meaning;
    }

    Map<PortMatch.Named, Set<TrafficRange>> meaning(int number) {
        return meanings.get(number);
    }

    /** @throws IllegalArgumentException if the snapshot has no such pod with a network of its own */
    PodEntry entry(Pod pod) {
        PodEntry entry = podsByObject.get(pod);
        if (entry == null) {
            entry = pods.get(new PodKey(pod.namespace(), pod.name()));
        }
        if (entry == null) {
            throw new IllegalArgumentException("not a pod of this snapshot: " + pod.fullName());
        }
        return entry;
    }

    /**
     * The identity of a party; {@link #UNKNOWN} for one that the snapshot does not know in this form: a holder with an
     * address that is not among its own, a node that is not listed.
     */
    int identityOf(Party party) {
        return switch (party) {
            case Party.OfPod of -> identityOf(entry(of.pod()), of.ip());
            case Party.OfNode of -> {
                NodeEntry entry = nodes.get(of.node().name());
                if (entry == null) {
                    yield UNKNOWN;
                }
                int at = place(of.ip(), entry.node.ips());
                yield at >= 0 ? entry.identities[at] : identities.getOrDefault(key(entry, of.ip()), UNKNOWN);
            }
            case Party.OfNetwork(Ip ip) -> networkIdentities[networks.classOf(ip)];
        };
    }

    /** The identity of a pod by one of its addresses. */
    int identityOf(PodEntry entry, @Nullable Ip ip) {
        int at = place(ip, entry.pod.ips());
        return at >= 0 ? entry.identities[at] : identities.getOrDefault(key(entry, ip), UNKNOWN);
    }

    private static int place(@Nullable Ip ip, List<Ip> own) {
        if (ip == null) {
            return own.isEmpty() ? 0 : -1;
        }
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i).equals(ip)) {
                return i;
            }
        }
        return -1;
    }

    private Key key(PodEntry entry, @Nullable Ip ip) {
        return new Key(Signature.Holder.POD, entry.labels, entry.meaning, network(ip));
    }

    private Key key(NodeEntry entry, @Nullable Ip ip) {
        return new Key(Signature.Holder.NODE, nodeClasses.classOf(entry.number), 0, network(ip));
    }

    private int network(@Nullable Ip ip) {
        return ip == null ? NO_ADDRESS : networks.classOf(ip);
    }

    /** What programs ask of a party that has no identity here. */
    Asked asked(Party party) {
        BitSet features = new BitSet();
        return switch (party) {
            case Party.OfPod of -> {
                PodEntry entry = entry(of.pod());
                for (int feature : features(key(entry, of.ip()))) {
                    features.set(feature);
                }
                yield new Asked(features, meanings.get(entry.meaning));
            }
            case Party.OfNode of -> {
                NodeEntry entry = nodes.get(of.node().name());
                if (entry != null) {
                    for (int feature : features(key(entry, of.ip()))) {
                        features.set(feature);
                    }
                } else {
                    addUnlisted(of.node(), features);
                    for (int feature : networks.features(network(of.ip()))) {
                        features.set(feature);
                    }
                }
                yield new Asked(features, Map.of());
            }
            case Party.OfNetwork(Ip ip) -> {
                for (int feature : features(new Key(Signature.Holder.NETWORK, 0, 0, networks.classOf(ip)))) {
                    features.set(feature);
                }
                yield new Asked(features, Map.of());
            }
        };
    }

    private void addUnlisted(Node node, BitSet features) {
        for (int feature = 0; feature < rules.peers().size(); feature++) {
            if (rules.peers().get(feature) instanceof Peer.Nodes(Selector labels) && labels.matches(node.labels())) {
                features.set(feature);
            }
        }
    }
}
