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
    private final PolicySets sets;
    private final List<PolicySet> policySets;
    private final List<Identity> identities;
    private final Map<Cidr, Integer> networks;
    private final Map<String, Node> nodes = new HashMap<>();

    private VerdictTable(Snapshot snapshot) {
        this.snapshot = snapshot;
        snapshot.nodes().forEach(node -> nodes.putIfAbsent(node.name(), node));
        rules = new RuleBook(snapshot.policies());
        Population population = new Population(snapshot, rules);
        endpoints = new Endpoints(snapshot, rules, population);
        sets = new PolicySets(rules, population, new RowCompiler(rules, endpoints));
        policySets = sets.sets();
        identities = endpoints.identities();
        networks = endpoints.networkIdentities();
    }

    public static VerdictTable of(Snapshot snapshot) {
        return new VerdictTable(snapshot);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** Both directions must allow. */
    public Verdict verdict(Connection connection) {
        return cause(connection, Direction.EGRESS).verdict() == Verdict.ALLOW
                        && cause(connection, Direction.INGRESS).verdict() == Verdict.ALLOW
                ? Verdict.ALLOW
                : Verdict.DENY;
    }

    /** @throws IllegalArgumentException if a pod of the connection is not in the snapshot */
    public Cause cause(Connection connection, Direction direction) {
        if (!(connection.subject(direction) instanceof Party.OfPod subject)
                || subject.pod().hostNetwork()) {
            return NOT_A_SUBJECT;
        }
        Party peer = standing(connection.peer(direction));
        Relation relation = relation(subject.pod(), peer);
        if (relation == Relation.SELF && !connection.hairpin()) {
            return SELF;
        }
        Rows rows = policySets.get(policySetOf(subject.pod())).side(direction).rows(relation);
        int identity = endpoints.identityOf(peer);
        PortTable table;
        if (identity != Endpoints.UNKNOWN) {
            table = rows.of(identity);
        } else {
            Endpoints.Asked asked = endpoints.asked(peer);
            table = RowCompiler.table(rules, rows.program(), asked.features(), asked.meaning());
        }
        return table.at(connection.trafficKey());
    }

    /** A host-network pod cannot be told from its node, so it is its node. */
    private Party standing(Party party) {
        if (party instanceof Party.OfPod of && of.pod().hostNetwork()) {
            Node node = nodes.get(of.pod().node());
            return new Party.OfNode(node != null ? node : Node.under(of.pod()), of.ip());
        }
        return party;
    }

    private static Relation relation(Pod subject, Party peer) {
        return switch (peer) {
            case Party.OfPod of -> of.pod().isSame(subject) ? Relation.SELF : Relation.OTHER;
            case Party.OfNode of -> of.node().runs(subject) ? Relation.OWN_NODE : Relation.OTHER;
            case Party.OfNetwork _ -> Relation.OTHER;
        };
    }

    /**
     * The identity of a party of this snapshot.
     *
     * @throws IllegalArgumentException if the snapshot has no such party
     */
    public int identityOf(Party party) {
        int identity = endpoints.identityOf(standing(party));
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
        return pod.hostNetwork()
                ? NOTHING_SELECTS
                : sets.setOf(endpoints.entry(pod).number());
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
