package io.sluice.analysis.reach;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ends of a snapshot. */
public final class Ends {
    private Ends() {}

    /** What pods are listed as. */
    public enum Level {
        WORKLOADS,
        PODS
    }

    /** Workloads or pods, by name. */
    public static List<End> of(Snapshot snapshot, Level level) {
        AddressBook addresses = AddressBook.of(snapshot);
        Map<Workload, List<Party>> parties = new LinkedHashMap<>();
        for (Pod pod : snapshot.pods()) {
            Workload shown = switch (level) {
                case WORKLOADS -> pod.workload();
                case PODS -> new Workload("Pod", pod.namespace(), pod.name());
            };
            List<Party> known = parties.computeIfAbsent(shown, _ -> new ArrayList<>());
            if (pod.ips().isEmpty()) {
                known.add(addresses.partyOf(pod));
            } else {
                pod.ips().forEach(ip -> known.add(addresses.partyOf(pod, ip)));
            }
        }
        List<End> ends = new ArrayList<>(parties.size());
        parties.forEach((workload, all) ->
                ends.add(new End(workload.toString(), End.Kind.WORKLOAD, workload.namespace(), all, true, true)));
        ends.sort(null);
        return ends;
    }

    /** The nodes that are listed. */
    public static List<End> nodes(Snapshot snapshot) {
        return snapshot.nodes().stream()
                .filter(node -> !node.ips().isEmpty())
                .map(node -> new End(
                        node.name() + "[Node]",
                        End.Kind.NODE,
                        "",
                        node.ips().stream()
                                .<Party>map(ip -> new Party.OfNode(node, ip))
                                .toList(),
                        true,
                        true))
                .sorted()
                .toList();
    }

    /** The parts of the world outside, as the rules of each direction tell them apart. */
    public static List<End> external(List<Snapshot> snapshots) {
        List<End> ends = new ArrayList<>();
        ExternalRanges.of(snapshots, Direction.INGRESS).forEach(range -> ends.add(external(range, true)));
        ExternalRanges.of(snapshots, Direction.EGRESS).forEach(range -> ends.add(external(range, false)));
        ends.sort(null);
        return ends;
    }

    /** The same for one snapshot, with the sources that gates tell apart. */
    public static List<End> externalBeforeGates(Snapshot snapshot) {
        List<End> ends = new ArrayList<>();
        ExternalRanges.beforeGates(snapshot).forEach(range -> ends.add(external(range, true)));
        ExternalRanges.of(List.of(snapshot), Direction.EGRESS).forEach(range -> ends.add(external(range, false)));
        ends.sort(null);
        return ends;
    }

    private static End external(ExternalRanges.Range range, boolean isSource) {
        return new End(
                range + "[External]",
                End.Kind.EXTERNAL,
                "",
                List.of(new Party.OfNetwork(range.first())),
                isSource,
                !isSource);
    }

    /** Whether some pod has no address while some rule is about address blocks: such a block matches no such pod. */
    public static boolean blocksMissPods(Snapshot snapshot) {
        return snapshot.pods().stream().anyMatch(pod -> pod.ips().isEmpty())
                && snapshot.policies().stream().anyMatch(ExternalRanges::hasBlocks);
    }
}
