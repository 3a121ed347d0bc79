package io.sluice.policy.table;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All verdicts of a snapshot, compiled. Immutable and thread-safe; every cause equals that of
 * {@link io.sluice.policy.decide.Decider}.
 *
 * <p>Where several rules of a DENY_OVERRIDES tier allow (or deny) the same traffic, the first one by policy id and then
 * by place in its policy is named.
 *
 * <p>Parties are taken from the snapshot: a pod is known by namespace and name, a node by name, and what the party's own
 * record says about labels does not count.
 */
public final class VerdictTable {
    /** The identity of every address that nothing names. */
    public static final int WORLD = 0;

    /** The policy set of pods that no policy selects, and of everything that is no subject. */
    public static final int NOTHING_SELECTS = 0;

    /** Not the number of an identity. */
    private static final int UNKNOWN = -1;

    private static final Cause NOT_A_SUBJECT = new Cause.NotASubject();
    private static final Cause SELF = new Cause.Self();

    private final SnapshotParts parts;
    private final RuleBook rules;
    private final FeatureSets sets;
    private final Pods pods;
    private final Map<String, NodeEntry> nodes;
    private final NodeSelectors nodeSelectors;
    private final NetworkIndex networks;
    private final LiveIdentities live;
    private final Paged<SetCore> cores;
    private final int setCount;
    private final boolean worldIsAskedFor;
    private final Map<RowSource, Rows> rows = new ConcurrentHashMap<>();
    private final Map<Integer, PolicySet> views = new ConcurrentHashMap<>();
    private final SetCore nothing;
    private final SeenEnds seen;
    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable List<Identity> identities;

    /** @param same the snapshot, if somebody has it already */
    VerdictTable(
            SnapshotParts parts,
            Optional<Snapshot> same,
            RuleBook rules,
            FeatureSets sets,
            Map<String, NodeEntry> nodes,
            NodeSelectors nodeSelectors,
            NetworkIndex networks,
            LiveIdentities live,
            Paged<SetCore> cores,
            int setCount,
            boolean worldIsAskedFor) {
        this.parts = parts;
        this.rules = rules;
        this.sets = sets;
        this.pods = parts.pods();
        this.nodes = nodes;
        this.nodeSelectors = nodeSelectors;
        this.networks = networks;
        this.live = live;
        this.cores = cores;
        this.setCount = setCount;
        this.worldIsAskedFor = worldIsAskedFor;
        seen = new SeenEnds(pods.count());
        nothing = Objects.requireNonNull(cores.get(NOTHING_SELECTS));
        snapshot = same.orElse(null);
    }

    public static VerdictTable of(Snapshot snapshot) {
        return new Engine(snapshot).settle(Optional.of(snapshot));
    }

    RuleBook rules() {
        return rules;
    }

    LiveIdentities live() {
        return live;
    }

    public Snapshot snapshot() {
        Snapshot known = snapshot;
        if (known == null) {
            known = parts.snapshot();
            snapshot = known;
        }
        return known;
    }

    /**
     * Both directions must allow.
     *
     * @throws IllegalArgumentException if a pod of the connection is not in the snapshot
     */
    public Verdict verdict(Connection connection) {
        End from = end(connection.from());
        End to = end(connection.to());
        return allows(from, to, connection.trafficKey(), connection.hairpin()) ? Verdict.ALLOW : Verdict.DENY;
    }

    /** @throws IllegalArgumentException if a pod of the connection is not in the snapshot */
    public Cause cause(Connection connection, Direction direction) {
        return cause(
                end(connection.from()), end(connection.to()), connection.trafficKey(), connection.hairpin(), direction);
    }

    /** A party, looked up once for many verdicts of the same table. */
    public static final class End {
        private final Party party;

        /** Null where it is no pod with a network of its own. */
        private final @Nullable PodEntry pod;

        private final int slot;
        private final int identity;

        /** Null where it has no identity here. */
        private final @Nullable IdentityEntry entry;

        private final long sketch;
        private final SetCore core;
        private final RowSource egress;
        private final RowSource ingress;

        private End(Party party, @Nullable PodEntry pod, int identity, @Nullable IdentityEntry entry, SetCore core) {
            this.party = party;
            this.pod = pod;
            this.slot = pod == null ? PodEntry.NO_SLOT : pod.slot();
            this.identity = identity;
            this.entry = entry;
            this.sketch = entry == null ? 0 : entry.features().sketch();
            this.core = core;
            this.egress = core.source(Direction.EGRESS, Relation.OTHER);
            this.ingress = core.source(Direction.INGRESS, Relation.OTHER);
        }

        /** Who it is. */
        public Party party() {
            return party;
        }

        /** Whether it was made for this party, or for the same object at the same address. */
        boolean isOf(Party.OfPod other) {
            return party == other
                    || party instanceof Party.OfPod(Pod known, Ip ip)
                            && known == other.pod()
                            && Objects.equals(ip, other.ip());
        }

        private RowSource source(Direction direction, Relation relation) {
            return relation == Relation.OTHER
                    ? direction == Direction.EGRESS ? egress : ingress
                    : core.source(direction, relation);
        }
    }

    /** @throws IllegalArgumentException if the party is a pod that is not in the snapshot */
    public End end(Party party) {
        if (party instanceof Party.OfPod of) {
            End known = seen.get(of);
            if (known != null) {
                return known;
            }
            if (!of.pod().hostNetwork()) {
                return end(of);
            }
        }
        Party standing = standing(party);
        return end(standing, null, identityOfStanding(standing), nothing);
    }

    private End end(Party.OfPod party) {
        PodEntry entry = entry(party.pod());
        End end = end(party, entry, identityOf(entry, party.ip()), core(entry.policySet()));
        if (entry.pod() == party.pod()) {
            seen.add(party, end);
        }
        return end;
    }

    private End end(Party party, @Nullable PodEntry pod, int identity, SetCore core) {
        return new End(
                party,
                pod,
                identity,
                identity == UNKNOWN ? null : live.registry().get(identity),
                core);
    }

    private PodEntry entry(Pod pod) {
        PodEntry entry = pods.get(pod);
        if (entry == null || !entry.hasOwnNetwork()) {
            throw new IllegalArgumentException("not a pod of this snapshot: " + pod.fullName());
        }
        return entry;
    }

    /** A host-network pod cannot be told from its node, so it is its node. */
    private Party standing(Party party) {
        if (party instanceof Party.OfPod of && of.pod().hostNetwork()) {
            NodeEntry node = nodes.get(of.pod().node());
            return new Party.OfNode(node != null && node.listed() ? node.node() : Node.under(of.pod()), of.ip());
        }
        return party;
    }

    private int identityOf(PodEntry entry, @Nullable Ip ip) {
        List<Ip> own = entry.pod().ips();
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i).equals(ip)) {
                return entry.identities()[i];
            }
        }
        return ip == null && own.isEmpty()
                ? entry.identities()[0]
                : known(new IdentityRegistry.Key(Signature.Holder.POD, entry.peers(), entry.meaning(), network(ip)));
    }

    private int identityOfStanding(Party party) {
        return switch (party) {
            case Party.OfPod of -> identityOf(entry(of.pod()), of.ip());
            case Party.OfNode of -> {
                NodeEntry entry = nodes.get(of.node().name());
                yield entry == null
                        ? UNKNOWN
                        : known(new IdentityRegistry.Key(Signature.Holder.NODE, entry.labels(), 0, network(of.ip())));
            }
            case Party.OfNetwork(Ip ip) -> networks.identityOf(ip);
        };
    }

    private int known(IdentityRegistry.Key key) {
        int identity = live.registry().numberOr(key, UNKNOWN);
        return identity < live.count() ? identity : UNKNOWN;
    }

    private int network(@Nullable Ip ip) {
        return ip == null ? FeatureSets.NONE : networks.classOf(ip);
    }

    /** What programs ask of a party that has no identity here. */
    private IdentityEntry asked(Party party) {
        return switch (party) {
            case Party.OfPod of -> {
                PodEntry entry = entry(of.pod());
                yield new IdentityEntry(
                        Signature.Holder.POD,
                        sets.of(entry.peers()),
                        sets.of(network(of.ip())),
                        entry.meaning(),
                        live.registry().names(entry.meaning()));
            }
            case Party.OfNode of -> {
                NodeEntry entry = nodes.get(of.node().name());
                int[] labelled = entry != null
                        ? sets.of(entry.labels())
                        : nodeSelectors.matching(of.node().labels());
                yield new IdentityEntry(Signature.Holder.NODE, labelled, sets.of(network(of.ip())), 0, Map.of());
            }
            case Party.OfNetwork(Ip ip) ->
                new IdentityEntry(
                        Signature.Holder.NETWORK,
                        new int[] {RuleBook.WORLD},
                        sets.of(networks.classOf(ip)),
                        0,
                        Map.of());
        };
    }

    /**
     * The cause for a connection of two parties that were looked up in this table.
     *
     * @param trafficKey as {@link Connection#trafficKey}; the same for {@code hairpin}
     */
    public Cause cause(End from, End to, int trafficKey, boolean hairpin, Direction direction) {
        End subject = direction == Direction.INGRESS ? to : from;
        End peer = direction == Direction.INGRESS ? from : to;
        if (subject.pod == null) {
            return NOT_A_SUBJECT;
        }
        Relation relation = relation(subject, subject.pod, peer);
        return relation == Relation.SELF && !hairpin
                ? SELF
                : table(subject, peer, relation, direction).at(trafficKey);
    }

    /** Whether {@link #cause} allows, which is found out faster. */
    public boolean allows(End from, End to, int trafficKey, boolean hairpin, Direction direction) {
        End subject = direction == Direction.INGRESS ? to : from;
        End peer = direction == Direction.INGRESS ? from : to;
        if (subject.pod == null) {
            return true;
        }
        Relation relation = relation(subject, subject.pod, peer);
        if (relation == Relation.SELF && !hairpin) {
            return true;
        }
        RowSource source = subject.source(direction, relation);
        return peer.entry != null
                ? source.allows(peer.entry, peer.identity, peer.sketch, trafficKey)
                : source.of(asked(peer.party)).allows(trafficKey);
    }

    /** Whether both directions allow; faster than {@link #verdict} by the search for the parties. */
    public boolean allows(End from, End to, int trafficKey, boolean hairpin) {
        return allows(from, to, trafficKey, hairpin, Direction.EGRESS)
                && allows(from, to, trafficKey, hairpin, Direction.INGRESS);
    }

    private PortTable table(End subject, End peer, Relation relation, Direction direction) {
        RowSource source = subject.source(direction, relation);
        return peer.entry != null ? source.of(peer.entry, peer.identity) : source.of(asked(peer.party));
    }

    private SetCore core(int policySet) {
        SetCore core = cores.get(policySet);
        return core == null ? nothing : core;
    }

    private static Relation relation(End subject, PodEntry pod, End peer) {
        if (peer.slot != PodEntry.NO_SLOT) {
            return peer.slot == subject.slot ? Relation.SELF : Relation.OTHER;
        }
        return peer.party instanceof Party.OfNode of && of.node().runs(pod.pod()) ? Relation.OWN_NODE : Relation.OTHER;
    }

    /**
     * The identity of a party of this snapshot.
     *
     * @throws IllegalArgumentException if the snapshot has no such party
     */
    public int identityOf(Party party) {
        int identity = end(party).identity;
        if (identity == UNKNOWN) {
            throw new IllegalArgumentException("not a party of this snapshot: " + party);
        }
        return identity;
    }

    /** By their id, also of identities that nobody has any more. */
    public List<Identity> identities() {
        List<Identity> known = identities;
        if (known == null) {
            known = new IdentityReport(rules, live, worldIsAskedFor, networks()).all();
            identities = known;
        }
        return known;
    }

    /**
     * The identities of addresses that neither a pod nor a node holds, by longest prefix; an address in none of these
     * has identity {@link #WORLD}.
     */
    public Map<Cidr, Integer> networks() {
        return networks.prefixes();
    }

    /**
     * The policies that a pod is subject to; {@link #NOTHING_SELECTS} for a host-network pod.
     *
     * @throws IllegalArgumentException if the pod is not in the snapshot
     */
    public int policySetOf(Pod pod) {
        return pod.hostNetwork() ? NOTHING_SELECTS : entry(pod).policySet();
    }

    /** By their id; one that no pod is in has no policies. */
    public List<PolicySet> policySets() {
        return new AbstractList<>() {
            @Override
            public PolicySet get(int id) {
                return policySet(Objects.checkIndex(id, setCount));
            }

            @Override
            public int size() {
                return setCount;
            }
        };
    }

    private PolicySet policySet(int id) {
        return views.computeIfAbsent(id, i -> {
            SetCore core = core(i);
            return new PolicySet(i, core.policies(), side(core, Direction.INGRESS), side(core, Direction.EGRESS));
        });
    }

    private PolicySet.Side side(SetCore core, Direction direction) {
        return new PolicySet.Side(
                rows(core.source(direction, Relation.OTHER)),
                rows(core.source(direction, Relation.OWN_NODE)),
                rows(core.source(direction, Relation.SELF)));
    }

    private Rows rows(RowSource source) {
        return rows.computeIfAbsent(source, s -> new Rows(s, live));
    }

    /** What a pod of a policy set meets, for every traffic from or to a peer. */
    public PortTable row(int policySet, Direction direction, int identity, Relation relation) {
        return core(Objects.checkIndex(policySet, setCount))
                .source(direction, relation)
                .of(identity, live.registry());
    }
}
