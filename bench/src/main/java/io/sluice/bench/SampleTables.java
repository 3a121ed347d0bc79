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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tables of a wanted size, in which the client may reach the server on the ports of the load.
 *
 * <p>Client and server have a policy set each; every other address is a pod elsewhere with an identity of its own. All
 * sets have a row for every identity, with one of a few dozen port tables, as rules repeat in a cluster.
 */
final class SampleTables {
    private static final int PORT_TABLES = 48;
    private static final int CLIENT = 1;
    private static final int SERVER = 2;
    private static final int FIRST_OTHER = 3;

    private SampleTables() {}

    /** The policy sets of the sample. */
    static final int CLIENT_SET = 1;

    static final int SERVER_SET = 2;

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
        Rows closed = new Rows(isolated(Direction.EGRESS), Map.of());
        PolicySet client =
                new PolicySet(CLIENT_SET, closed, rows(Direction.EGRESS, SERVER, rows / 2, 0));
        PolicySet server = new PolicySet(SERVER_SET, rows(Direction.INGRESS, CLIENT, rows / 2, 0), closed);
        return new NodeTable(
                entries,
                List.of(),
                List.of(client, server),
                List.of(family.podRange),
                FIRST_OTHER + addresses,
                Mode.DEFAULT);
    }

    /**
     * The rows of a direction: the partner's first, which allows the load, then as many others as are wanted.
     *
     * @param variant shifts which identity has which port table: another variant is another policy
     */
    static Rows rows(Direction direction, int partner, int count, int variant) {
        List<PortTable> tables = portTables(direction);
        Map<Integer, PortTable> byPeer = new HashMap<>();
        byPeer.put(partner, tables.getFirst());
        for (int i = 0; byPeer.size() < count; i++) {
            byPeer.put(FIRST_OTHER + i, tables.get((i + variant) % PORT_TABLES));
        }
        return new Rows(isolated(direction), byPeer);
    }

    /** Each with the ports of the load, and a few ranges more as policies with several rules have. */
    private static List<PortTable> portTables(Direction direction) {
        List<PortTable> tables = new ArrayList<>();
        for (int i = 0; i < PORT_TABLES; i++) {
            Policy policy = policy(direction, i);
            Cause denied = new Cause.Isolated(Tier.NETWORK_POLICY.name(), List.of(policy.id()));
            Cause allowed = new Cause.ByRule(new RuleRef(policy, direction, 0), Verdict.ALLOW);
            List<PortTable.Entry> entries = new ArrayList<>();
            entries.add(new PortTable.Entry(0, denied));
            for (int first : new int[] {80, 443, 3000 + i, 8000, 9090}) {
                int last = first == 8000 ? 8100 : first;
                entries.add(new PortTable.Entry(TrafficRange.key(Protocol.TCP, first), allowed));
                entries.add(new PortTable.Entry(TrafficRange.key(Protocol.TCP, last) + 1, denied));
            }
            tables.add(new PortTable(entries));
        }
        return tables;
    }

    private static PortTable isolated(Direction direction) {
        return PortTable.of(new Cause.Isolated(
                Tier.NETWORK_POLICY.name(), List.of(policy(direction, 0).id())));
    }

    private static Policy policy(Direction direction, int number) {
        Rule rule = new Rule(
                "",
                Action.ALLOW,
                List.of(Peer.EVERYTHING),
                List.of(PortMatch.EVERYTHING),
                SourcePosition.NONE);
        return new Policy(
                new PolicyId("NetworkPolicy", "bench", direction + "-" + number),
                SourcePosition.NONE,
                Tier.NETWORK_POLICY,
                0,
                new Subject(NamespaceMatch.EVERY, Selector.ALL),
                List.of(new Section(direction, true, List.of(rule))));
    }
}
