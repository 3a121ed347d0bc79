package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.ebpf.AddressMap.Known;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the identities of a table their kernel numbers. Any injective choice is right, because a policy set is found by
 * its content in kernel numbers; a good one keeps the number that most addresses of an identity have already, so that
 * little has to be written, also after this process has taken over from an earlier one.
 */
final class IdentityNumbers {
    private record Vote(int identity, int kernel) {}

    private IdentityNumbers() {}

    /** Kernel numbers by the table's own numbers, of the identities that an address or network holds. */
    static Map<Integer, Integer> of(NodeTable table, Mirror mirror) {
        Map<Vote, Integer> votes = new HashMap<>();
        Set<Integer> identities = new HashSet<>();
        for (NodeTable.AddressEntry entry : table.addresses()) {
            identities.add(entry.identity());
            Slots<Known> slots = mirror.addresses.get(entry.ip());
            if (slots != null && slots.in(mirror.generation).present()) {
                votes.merge(
                        new Vote(entry.identity(), slots.in(mirror.generation).identity()), 1, Integer::sum);
            }
        }
        for (NodeTable.NetworkEntry entry : table.networks()) {
            identities.add(entry.identity());
            Slots<NetworkMap.Net> slots = mirror.networks.get(entry.prefix());
            if (slots != null) {
                votes.merge(
                        new Vote(entry.identity(), slots.in(mirror.generation).identity()), 1, Integer::sum);
            }
        }
        identities.add(table.ownNode());
        votes.merge(new Vote(table.ownNode(), mirror.modes.in(mirror.generation).ownNode()), 1, Integer::sum);

        Map<Integer, Integer> numbers = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        numbers.put(NodeTable.WORLD, Layout.WORLD);
        taken.add(Layout.WORLD);
        List<Map.Entry<Vote, Integer>> ranking = new ArrayList<>(votes.entrySet());
        ranking.sort(Map.Entry.<Vote, Integer>comparingByValue().reversed());
        for (Map.Entry<Vote, Integer> ranked : ranking) {
            Vote vote = ranked.getKey();
            if (!numbers.containsKey(vote.identity()) && taken.add(vote.kernel())) {
                numbers.put(vote.identity(), vote.kernel());
            }
        }
        for (int identity : identities) {
            numbers.computeIfAbsent(identity, _ -> ++mirror.lastIdentity);
        }
        return numbers;
    }
}
