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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final Cause NOT_A_SUBJECT = new Cause.NotASubject();
    private static final Cause SELF = new Cause.Self();

    private final Snapshot snapshot;
    private final RuleBook rules;
    private final Endpoints endpoints;
    private final List<PolicySet> policySets;
    private final List<Identity> identities;
    private final Map<Cidr, Integer> networks;
    private final Map<String, Node> nodes = new HashMap<>();

    private VerdictTable(Snapshot snapshot) {
        this.snapshot = snapshot;
        snapshot.nodes().forEach(node -> nodes.putIfAbsent(node.name(), node));
        rules = new RuleBook(snapshot.policies());
        Population population = new Population(snapshot, rules);
        PolicySets sets = new PolicySets(rules, population);
        endpoints = new Endpoints(snapshot, rules, population, sets);
        policySets = sets.compile(new RowCompiler(rules, endpoints));
        identities = endpoints.identities();
        networks = endpoints.networkIdentities();
    }

    public static VerdictTable of(Snapshot snapshot) {
        return new VerdictTable(snapshot);
    }

    RuleBook rules() {
        return rules;
    }

    Endpoints endpoints() {
        return endpoints;
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /**
     * Both directions must allow.
     *
     * @throws IllegalArgumentException if a pod of the connection is not in the snapshot
     */
    public Verdict verdict(Connection connection) {
        End from = end(connection.from());
        End to = end(connection.to());
        int key = connection.trafficKey();
        return cause(from, to, key, connection.hairpin(), Direction.EGRESS).verdict() == Verdict.ALLOW
                        && cause(from, to, key, connection.hairpin(), Direction.INGRESS)
                                        .verdict()
                                == Verdict.ALLOW
                ? Verdict.ALLOW
                : Verdict.DENY;
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
        private final Endpoints.@Nullable PodEntry pod;

        private final int identity;

        private End(Party party, Endpoints.@Nullable PodEntry pod, int identity) {
            this.party = party;
            this.pod = pod;
            this.identity = identity;
        }

        /** Who it is. */
        public Party party() {
            return party;
        }
    }

    /** @throws IllegalArgumentException if the party is a pod that is not in the snapshot */
    public End end(Party party) {
        if (party instanceof Party.OfPod of && !of.pod().hostNetwork()) {
            Endpoints.PodEntry entry = endpoints.entry(of.pod());
            return new End(party, entry, endpoints.identityOf(entry, of.ip()));
        }
        Party standing = standing(party);
        return new End(standing, null, endpoints.identityOf(standing));
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
        Relation relation = relation(subject.pod, peer);
        if (relation == Relation.SELF && !hairpin) {
            return SELF;
        }
        Rows rows = policySets.get(subject.pod.policySet()).side(direction).rows(relation);
        return table(rows, peer).at(trafficKey);
    }

    private PortTable table(Rows rows, End peer) {
        if (peer.identity != Endpoints.UNKNOWN) {
            return rows.of(peer.identity);
        }
        Endpoints.Asked asked = endpoints.asked(peer.party);
        return RowCompiler.table(rules, rows.program(), asked.features(), asked.meaning());
    }

    /** A host-network pod cannot be told from its node, so it is its node. */
    private Party standing(Party party) {
        if (party instanceof Party.OfPod of && of.pod().hostNetwork()) {
            Node node = nodes.get(of.pod().node());
            return new Party.OfNode(node != null ? node : Node.under(of.pod()), of.ip());
        }
        return party;
    }

    private static Relation relation(Endpoints.PodEntry subject, End peer) {
        if (peer.pod != null) {
            return peer.pod == subject ? Relation.SELF : Relation.OTHER;
        }
        return peer.party instanceof Party.OfNode of && of.node().runs(subject.pod())
                ? Relation.OWN_NODE
                : Relation.OTHER;
    }

    /**
     * The identity of a party of this snapshot.
     *
     * @throws IllegalArgumentException if the snapshot has no such party
     */
    public int identityOf(Party party) {
        int identity = end(party).identity;
        if (identity == Endpoints.UNKNOWN) {
            throw new IllegalArgumentException("not a party of this snapshot: " + party);
        }
        return identity;
    }

    /** By their id. */
    public List<Identity> identities() {
        return identities;
    }

    /**
     * The identities of addresses that neither a pod nor a node holds, by longest prefix; an address in none of these
     * has identity {@link #WORLD}.
     */
    public Map<Cidr, Integer> networks() {
        return networks;
    }

    /**
     * The policies that a pod is subject to; {@link #NOTHING_SELECTS} for a host-network pod.
     *
     * @throws IllegalArgumentException if the pod is not in the snapshot
     */
    public int policySetOf(Pod pod) {
        return pod.hostNetwork() ? NOTHING_SELECTS : endpoints.entry(pod).policySet();
    }

    /** By their id. */
    public List<PolicySet> policySets() {
        return policySets;
    }

    /** What a pod of a policy set meets, for every traffic from or to a peer. */
    public PortTable row(int policySet, Direction direction, int identity, Relation relation) {
        return policySets.get(policySet).side(direction).rows(relation).of(identity);
    }
}
