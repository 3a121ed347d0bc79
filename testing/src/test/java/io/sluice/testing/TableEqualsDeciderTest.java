package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.Identity;
import io.sluice.policy.table.PolicySet;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.Rows;
import io.sluice.policy.table.Signature;
import io.sluice.policy.table.VerdictTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * On random clusters the table gives the decider's cause for everything. A failure is shrunk and printed with its seed;
 * {@code -Dsluice.seed=N} runs that cluster alone, {@code -Dsluice.clusters=N} fewer of them or more.
 */
class TableEqualsDeciderTest {
    private static final int CLUSTERS = Integer.getInteger("sluice.clusters", 3_000);

    private interface Property {
        void check(long seed);
    }

    private static void forAll(long firstSeed, int clusters, Property property) {
        long seed = Chance.seed(firstSeed);
        int count = seed == firstSeed ? clusters : 1;
        for (int i = 0; i < count; i++) {
            property.check(seed + i);
        }
    }

    @Test
    void everyCauseIsTheDeciders() {
        forAll(1, CLUSTERS, seed -> {
            Chance chance = new Chance(seed);
            int size = chance.between(1, 12);
            Snapshot snapshot = RandomCluster.of(chance, size, size);
            VerdictTable table = VerdictTable.of(snapshot);
            RandomConnections connections = new RandomConnections(chance, snapshot);
            for (int i = 0; i < 60; i++) {
                Connection connection = connections.next();
                if (differs(snapshot, table, connection)) {
                    report(seed, snapshot, connection);
                }
            }
        });
    }

    /** That the clusters are worth the name: every kind of cause and of step is met, not once but often. */
    @Test
    void everyKindOfCauseAndStepIsMet() {
        Map<String, Integer> met = new HashMap<>();
        forAll(1, 500, seed -> {
            Chance chance = new Chance(seed);
            Snapshot snapshot = RandomCluster.of(chance, 10, 10);
            RandomConnections connections = new RandomConnections(chance, snapshot);
            for (int i = 0; i < 30; i++) {
                Decision decision = Decider.decide(snapshot, connections.next());
                for (DirectionDecision direction : List.of(decision.egress(), decision.ingress())) {
                    met.merge(
                            direction.cause().getClass().getSimpleName() + " " + direction.verdict(), 1, Integer::sum);
                    direction.trace().forEach(step -> met.merge(step.getClass().getSimpleName(), 1, Integer::sum));
                }
            }
        });
        assertThat(met.keySet())
                .contains(
                        "ByRule allow",
                        "ByRule deny",
                        "Isolated deny",
                        "NoPolicy allow",
                        "NotASubject allow",
                        "Self allow",
                        "OwnNode allow",
                        "RuleTried",
                        "NoRules",
                        "Passed",
                        "TierSilent",
                        "Ambiguous",
                        "Decided");
        assertThat(met.values()).allMatch(count -> count > 100, met.toString());
    }

    /** Not only at some points: at both ends of every range of the table. */
    @Test
    void everyRangeOfATableEndsWhereTheDeciderChangesItsMind() {
        forAll(1_000_000, CLUSTERS / 5, seed -> {
            Chance chance = new Chance(seed);
            Snapshot snapshot = RandomCluster.of(chance, 6, 8);
            VerdictTable table = VerdictTable.of(snapshot);
            RandomConnections connections = new RandomConnections(chance, snapshot);
            for (int i = 0; i < 8; i++) {
                Connection any = connections.next();
                for (Direction direction : Direction.values()) {
                    for (int key : ends(table, any, direction)) {
                        Connection connection = new Connection(
                                any.from(), any.to(), new Protocol(key >>> 16), key & 0xffff, any.hairpin());
                        if (differs(snapshot, table, connection)) {
                            report(seed, snapshot, connection);
                        }
                    }
                }
            }
        });
    }

    private static Set<Integer> ends(VerdictTable table, Connection connection, Direction direction) {
        if (!(connection.subject(direction) instanceof Party.OfPod of)) {
            return Set.of();
        }
        Set<Integer> keys = new HashSet<>();
        for (int identity = 0; identity < table.identities().size(); identity++) {
            for (Relation relation : Relation.values()) {
                PortTable row = table.row(table.policySetOf(of.pod()), direction, identity, relation);
                for (int i = 0; i < row.entries().size(); i++) {
                    keys.add(row.entries().get(i).first());
                    keys.add(row.lastOf(i));
                }
            }
        }
        return keys;
    }

    @Test
    void theOrderOfPoliciesAndPodsDoesNotMatter() {
        forAll(2_000_000, CLUSTERS / 5, seed -> {
            Chance chance = new Chance(seed);
            Snapshot snapshot = RandomCluster.of(chance, 10, 10);
            Snapshot shuffled = snapshot.withPods(chance.shuffled(snapshot.pods()))
                    .withNodes(chance.shuffled(snapshot.nodes()))
                    .withPolicies(chance.shuffled(snapshot.policies()));
            VerdictTable one = VerdictTable.of(snapshot);
            VerdictTable other = VerdictTable.of(shuffled);
            assertThat(signatures(other)).as("seed %s", seed).isEqualTo(signatures(one));
            RandomConnections connections = new RandomConnections(chance, snapshot);
            for (int i = 0; i < 20; i++) {
                Connection connection = connections.next();
                for (Direction direction : Direction.values()) {
                    assertThat(other.cause(connection, direction))
                            .as("seed %s: %s", seed, connection)
                            .isEqualTo(one.cause(connection, direction));
                }
            }
        });
    }

    private static Set<Signature> signatures(VerdictTable table) {
        Set<Signature> all = new HashSet<>();
        table.identities().stream().map(Identity::signature).forEach(all::add);
        assertThat(all).as("each signature is one identity").hasSameSizeAs(table.identities());
        return all;
    }

    @Test
    void networksAreTheIdentitiesByLongestPrefix() {
        forAll(3_000_000, CLUSTERS / 5, seed -> {
            Snapshot snapshot = RandomCluster.of(new Chance(seed), 6, 10);
            VerdictTable table = VerdictTable.of(snapshot);
            for (Ip ip : RandomConnections.edges(snapshot)) {
                int byPrefix = table.networks().entrySet().stream()
                        .filter(e -> e.getKey().contains(ip))
                        .max(Map.Entry.comparingByKey((a, b) -> Integer.compare(a.length(), b.length())))
                        .map(Map.Entry::getValue)
                        .orElse(VerdictTable.WORLD);
                assertThat(table.identityOf(new Party.OfNetwork(ip)))
                        .as("seed %s: %s", seed, ip)
                        .isEqualTo(byPrefix);
            }
            for (Map.Entry<Cidr, Integer> network : table.networks().entrySet()) {
                assertThat(table.identities().get(network.getValue()).prefixes())
                        .contains(network.getKey());
            }
        });
    }

    @Test
    void rowsSayOnlyWhatDiffersAndEqualTablesAreOneObject() {
        forAll(4_000_000, CLUSTERS / 10, seed -> {
            VerdictTable table = VerdictTable.of(RandomCluster.of(new Chance(seed), 10, 10));
            Map<PortTable, PortTable> seen = new HashMap<>();
            for (PolicySet set : table.policySets()) {
                for (Direction direction : Direction.values()) {
                    Rows rows = set.side(direction).other();
                    assertThat(rows.byPeer().values()).doesNotContain(rows.otherwise());
                    assertThat(seen.computeIfAbsent(rows.otherwise(), t -> t)).isSameAs(rows.otherwise());
                    for (Map.Entry<Integer, PortTable> row : rows.byPeer().entrySet()) {
                        assertThat(rows.of(row.getKey())).isSameAs(row.getValue());
                        assertThat(seen.computeIfAbsent(row.getValue(), t -> t)).isSameAs(row.getValue());
                    }
                }
            }
        });
    }

    private static boolean differs(Snapshot snapshot, VerdictTable table, Connection connection) {
        Decision decision = Decider.decide(snapshot, connection);
        return !table.cause(connection, Direction.EGRESS)
                        .equals(decision.egress().cause())
                || !table.cause(connection, Direction.INGRESS)
                        .equals(decision.ingress().cause());
    }

    private static void report(long seed, Snapshot snapshot, Connection connection) {
        Snapshot small = Shrink.smallest(snapshot, s -> {
            try {
                return differs(s, VerdictTable.of(s), connection);
            } catch (IllegalArgumentException aPartyIsGone) {
                return false;
            }
        });
        Decision decision = Decider.decide(small, connection);
        List<Cause> table = List.of(
                VerdictTable.of(small).cause(connection, Direction.EGRESS),
                VerdictTable.of(small).cause(connection, Direction.INGRESS));
        fail("seed " + seed + "\nconnection " + connection + "\ndecider " + decision.egress() + "\n        "
                + decision.ingress() + "\ntable   " + table + "\npods " + small.pods() + "\nnodes " + small.nodes()
                + "\nnamespaces " + small.namespaces().values() + "\npolicies " + small.policies());
    }
}
