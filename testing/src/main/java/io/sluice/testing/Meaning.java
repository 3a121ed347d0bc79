package io.sluice.testing;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.net.Cidr;
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

/**
 * Everything that a verdict table says, without its numbers: two tables of one snapshot say the same exactly if their
 * meanings are equal.
 *
 * @param holders what the policies know of every address and of every pod without one
 * @param networks the same for addresses that nobody holds
 * @param sets the policy set of each pod
 */
public record Meaning(Map<String, Signature> holders, Map<Cidr, Signature> networks, Map<String, Meaning.Judged> sets) {
    /** What is judged for a pod. */
    public record Judged(List<Policy> policies, Map<String, Row> rows) {}

    /** One direction and relation, without the rows of identities that nobody has. */
    public record Row(PortTable otherwise, Map<Signature, PortTable> byPeer) {}

    /** @throws IllegalStateException if two identities or two policy sets in use say the same */
    public static Meaning of(VerdictTable table) {
        return new Reading(table).meaning();
    }

    private static final class Reading {
        private final VerdictTable table;
        private final Map<String, Integer> numbers = new HashMap<>();

        Reading(VerdictTable table) {
            this.table = table;
        }

        Meaning meaning() {
            AddressBook book = AddressBook.of(table.snapshot());
            for (Pod pod : table.snapshot().pods()) {
                add(book.partyOf(pod));
                pod.ips().forEach(ip -> add(book.partyOf(pod, ip)));
            }
            for (Node node : table.snapshot().nodes()) {
                node.ips().forEach(ip -> add(new Party.OfNode(node, ip)));
            }
            table.networks().forEach((prefix, identity) -> numbers.put("network " + prefix, identity));
            numbers.put("world", VerdictTable.WORLD);
            Map<Cidr, Signature> networks = new HashMap<>();
            table.networks().forEach((prefix, identity) -> networks.put(prefix, signature(identity)));
            Map<String, Signature> holders = new HashMap<>();
            numbers.forEach((name, identity) -> holders.put(name, signature(identity)));
            requireOneNumberEach(holders);
            return new Meaning(holders, networks, sets());
        }

        private void add(Party party) {
            numbers.put(party.toString(), table.identityOf(party));
        }

        private Signature signature(int identity) {
            return table.identities().get(identity).signature();
        }

        private void requireOneNumberEach(Map<String, Signature> holders) {
            Map<Signature, Integer> seen = new HashMap<>();
            holders.forEach((name, signature) -> {
                int number = numbers.getOrDefault(name, -1);
                if (seen.computeIfAbsent(signature, _ -> number) != number) {
                    throw new IllegalStateException("two identities say the same: " + signature);
                }
            });
        }

        private Map<String, Judged> sets() {
            Map<Integer, Judged> read = new HashMap<>();
            Map<String, Judged> sets = new HashMap<>();
            for (Pod pod : table.snapshot().pods()) {
                sets.put(pod.fullName(), read.computeIfAbsent(table.policySetOf(pod), this::judged));
            }
            return sets;
        }

        private Judged judged(int set) {
            PolicySet policySet = table.policySets().get(set);
            Map<String, Row> rows = new HashMap<>();
            Set<Integer> inUse = new HashSet<>(numbers.values());
            for (Direction direction : Direction.values()) {
                for (Relation relation : Relation.values()) {
                    Rows some = policySet.side(direction).rows(relation);
                    Map<Signature, PortTable> byPeer = new HashMap<>();
                    some.byPeer().forEach((identity, row) -> {
                        if (inUse.contains(identity)) {
                            byPeer.put(signature(identity), row);
                        }
                        if (some.of(identity) != row) {
                            throw new IllegalStateException("a row is not what it is: " + identity);
                        }
                    });
                    rows.put(direction + " " + relation, new Row(some.otherwise(), byPeer));
                }
            }
            return new Judged(policySet.policies(), rows);
        }
    }
}
