package io.sluice.analysis.redundancy;

import io.sluice.analysis.reach.Ends;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One party for all that policies cannot tell apart. */
final class Samples {
    private Samples() {}

    private record Kind(int policySet, int identity) {}

    static List<Party> parties(Snapshot snapshot) {
        VerdictTable table = VerdictTable.of(snapshot);
        Map<Kind, Party> samples = new LinkedHashMap<>();
        AddressBook addresses = AddressBook.of(snapshot);
        for (Pod pod : snapshot.pods()) {
            if (pod.ips().isEmpty()) {
                add(table, addresses.partyOf(pod), samples);
            } else {
                pod.ips().forEach(ip -> add(table, addresses.partyOf(pod, ip), samples));
            }
        }
        snapshot.nodes().forEach(node -> node.ips().forEach(ip -> add(table, new Party.OfNode(node, ip), samples)));
        Ends.external(List.of(snapshot)).forEach(end -> end.parties().forEach(party -> add(table, party, samples)));
        return new ArrayList<>(samples.values());
    }

    private static void add(VerdictTable table, Party party, Map<Kind, Party> samples) {
        int set = party instanceof Party.OfPod(Pod pod, var _) ? table.policySetOf(pod) : VerdictTable.NOTHING_SELECTS;
        samples.putIfAbsent(new Kind(set, table.identityOf(party)), party);
    }
}
