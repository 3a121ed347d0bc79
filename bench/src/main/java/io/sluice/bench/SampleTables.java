package io.sluice.bench;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Tables of a wanted size, in which the client may reach the server on the ports of the load.
 *
 * <p>Client and server have a policy set each; every other address is a pod elsewhere with an identity of its own. The
 * rows of a set share a few port tables, as the rules of a policy do, and no two sets share one, since a table names the
 * rule that decided.
 */
final class SampleTables {
    private static final int TABLES_OF_A_LARGE_SET = 48;
    private static final int TABLES_OF_A_SET = 4;
    private static final int PODS_OF_A_NODE = 100;
    private static final int CLIENT = 1;
    private static final int SERVER = 2;
    private static final int FIRST_OTHER = 3;
    private static final int CLIENT_SET = 1;
    private static final int SERVER_SET = 2;

    private SampleTables() {}

    /**
     * A table for the two pods.
     *
     * @param rows in all: half in the client's egress, half in the server's ingress
     * @param addresses in all, at least two and at least as many as a set has rows
     */
    static NodeTable forTwoPods(Family family, int rows, int addresses) {
        List<AddressEntry> entries = new ArrayList<>();
        entries.add(new AddressEntry(family.clientIp(), CLIENT, CLIENT_SET));
        entries.add(new AddressEntry(family.serverIp(), SERVER, SERVER_SET));
        for (int i = 2; i < addresses; i++) {
            entries.add(new AddressEntry(family.other(i), FIRST_OTHER + i - 2, NodeTable.NO_POLICY_SET));
        }
        Rules out = new Rules(CLIENT_SET, Direction.EGRESS, 0);
        Rules in = new Rules(SERVER_SET, Direction.INGRESS, 0);
        PolicySet client = new PolicySet(
                CLIENT_SET,
                closed(CLIENT_SET, Direction.INGRESS),
                out.rows(with(SERVER, rows / 2), TABLES_OF_A_LARGE_SET));
        PolicySet server = new PolicySet(
                SERVER_SET,
                in.rows(with(CLIENT, rows / 2), TABLES_OF_A_LARGE_SET),
                closed(SERVER_SET, Direction.EGRESS));
        return new NodeTable(
                entries,
                List.of(),
                List.of(client, server),
                List.of(family.podRange()),
                FIRST_OTHER + addresses,
                Mode.DEFAULT);
    }

    /**
     * A table in which every address is judged here: those with an even index are clients, the others servers, with an
     * identity each, and every client may reach every server on the ports of the load.
     *
     * @param rows in all, half of them egress of the clients, half ingress of the servers; as many addresses
     */
    static NodeTable forManyPods(Family family, int rows) {
        List<AddressEntry> entries = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            entries.add(new AddressEntry(family.other(i), CLIENT + i, i % 2 == 0 ? CLIENT_SET : SERVER_SET));
        }
        Rules out = new Rules(CLIENT_SET, Direction.EGRESS, 0);
        Rules in = new Rules(SERVER_SET, Direction.INGRESS, 0);
        return new NodeTable(
                entries,
                List.of(),
                List.of(
                        new PolicySet(
                                CLIENT_SET,
                                closed(CLIENT_SET, Direction.INGRESS),
                                out.rows(every(SERVER, 2, rows / 2), TABLES_OF_A_LARGE_SET)),
                        new PolicySet(
                                SERVER_SET,
                                in.rows(every(CLIENT, 2, rows / 2), TABLES_OF_A_LARGE_SET),
                                closed(SERVER_SET, Direction.EGRESS))),
                List.of(family.podRange()),
                CLIENT + rows,
                Mode.DEFAULT);
    }

    /**
     * A node of a cluster.
     *
     * @param pods of the cluster, with one address each; a hundred of them on this node, or all if they are fewer
     * @param identities among them
     * @param policySets of the pods on this node
     * @param rows of each set in each direction
     */
    record NodeShape(int pods, int identities, int policySets, int rows) {}

    /**
     * The table of a node.
     *
     * @param edits for each policy set by its number from 0, how often its ingress policy has been edited
     */
    static NodeTable forNode(NodeShape shape, int[] edits) {
        List<AddressEntry> entries = new ArrayList<>();
        for (int i = 0; i < shape.pods; i++) {
            int set = i < PODS_OF_A_NODE ? 1 + i % shape.policySets : NodeTable.NO_POLICY_SET;
            entries.add(new AddressEntry(Family.V4.other(i), FIRST_OTHER + i % shape.identities, set));
        }
        List<PolicySet> sets = new ArrayList<>();
        for (int id = 1; id <= shape.policySets; id++) {
            sets.add(new PolicySet(
                    id,
                    new Rules(id, Direction.INGRESS, edits[id - 1]).rows(with(CLIENT, shape.rows), TABLES_OF_A_SET),
                    new Rules(id, Direction.EGRESS, 0).rows(with(SERVER, shape.rows), TABLES_OF_A_SET)));
        }
        return new NodeTable(
                entries, List.of(), sets, List.of(Family.V4.podRange()), FIRST_OTHER + shape.identities, Mode.DEFAULT);
    }

    /**
     * The policy of one set in one direction.
     *
     * @param edit how often it has been edited: each edit moves one of its ports
     */
    private record Rules(int set, Direction direction, int edit) {
        /** A row for each of the identities; all allow the load. */
        Rows rows(IntStream identities, int tables) {
            List<PortTable> portTables =
                    IntStream.range(0, tables).mapToObj(this::portTable).toList();
            Map<Integer, PortTable> byPeer = new HashMap<>();
            identities.forEach(identity -> byPeer.put(identity, portTables.get(identity % tables)));
            return new Rows(PortTable.of(denied()), byPeer);
        }

        /** The ports of the load, and a few ranges more as policies with several rules have. */
        private PortTable portTable(int rule) {
            Cause denied = denied();
            Cause allowed = new Cause.ByRule(new RuleRef(policy(), direction, rule), Verdict.ALLOW);
            List<PortTable.Entry> entries = new ArrayList<>();
            entries.add(new PortTable.Entry(0, denied));
            for (int first : new int[] {80, 443, 1000 + 100 * rule + edit % 100, 8000, 9090}) {
                int last = first == 8000 ? 8100 : first;
                entries.add(new PortTable.Entry(TrafficRange.key(Protocol.TCP, first), allowed));
                entries.add(new PortTable.Entry(TrafficRange.key(Protocol.TCP, last) + 1, denied));
            }
            return new PortTable(entries);
        }

        private Cause denied() {
            return new Cause.Isolated(Tier.NETWORK_POLICY.name(), List.of(policy().id()));
        }

        private Policy policy() {
            Rule rule = new Rule(
                    "", Action.ALLOW, List.of(Peer.EVERYTHING), List.of(PortMatch.EVERYTHING), SourcePosition.NONE);
            return Policy.network(
                    new PolicyId("NetworkPolicy", "bench", "set-" + set + "-" + direction),
                    SourcePosition.NONE,
                    new Subject(NamespaceMatch.EVERY, Selector.ALL),
                    List.of(Section.ofNetworkPolicy(direction, Collections.nCopies(TABLES_OF_A_LARGE_SET, rule))));
        }
    }

    /** One identity, and so many others that there are {@code count} in all. */
    private static IntStream with(int partner, int count) {
        return IntStream.concat(IntStream.of(partner), every(FIRST_OTHER, 1, count - 1));
    }

    private static IntStream every(int first, int step, int count) {
        return IntStream.range(0, count).map(i -> first + step * i);
    }

    private static Rows closed(int set, Direction direction) {
        return new Rows(PortTable.of(new Rules(set, direction, 0).denied()), Map.of());
    }
}
