package io.sluice.analysis.connectivity;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import java.util.List;
import java.util.Optional;

/**
 * Which connections are wanted.
 *
 * @param workloads names that one end must have; empty for all
 * @param peers names that the other end must have; empty for all
 * @param direction as the workloads see it; empty for both
 * @param traffic which traffic is looked at
 */
public record Focus(List<String> workloads, List<String> peers, Optional<Direction> direction, Traffic traffic) {
    public static final Focus EVERYTHING = new Focus(List.of(), List.of(), Optional.empty(), Traffic.ALL);

    public Focus {
        workloads = List.copyOf(workloads);
        peers = List.copyOf(peers);
    }

    boolean holds(End from, End to) {
        boolean outward = direction.isEmpty() || direction.get() == Direction.EGRESS;
        boolean inward = direction.isEmpty() || direction.get() == Direction.INGRESS;
        return outward && isNamed(from, workloads) && isNamed(to, peers)
                || inward && isNamed(to, workloads) && isNamed(from, peers);
    }

    /** {@code ns/name[Kind]}, {@code ns/name} and {@code name} are all names of an end. */
    public static boolean isNamed(End end, List<String> names) {
        if (names.isEmpty()) {
            return true;
        }
        String full = end.name();
        int bracket = full.lastIndexOf('[');
        String plain = bracket > 0 ? full.substring(0, bracket) : full;
        String bare = plain.substring(plain.indexOf('/') + 1);
        return names.contains(full) || names.contains(plain) || names.contains(bare);
    }
}
