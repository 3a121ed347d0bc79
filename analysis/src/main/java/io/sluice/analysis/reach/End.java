package io.sluice.analysis.reach;

import io.sluice.policy.model.Party;
import java.util.List;

/**
 * One end of connections, as they are listed.
 *
 * @param name {@code ns/name[Kind]}, {@code a-b[External]} or {@code {ingress-controller}}
 * @param namespace empty for what lies outside of namespaces
 * @param parties all that stand under this name, by each of their addresses; what one of them may do the end may do
 * @param isSource whether it is listed as a source; the same for {@code isDestination}
 */
public record End(
        String name, Kind kind, String namespace, List<Party> parties, boolean isSource, boolean isDestination)
        implements Comparable<End> {
    public End {
        parties = List.copyOf(parties);
    }

    /** What it is. */
    public enum Kind {
        WORKLOAD,
        EXTERNAL,
        NODE,
        INGRESS_CONTROLLER,
        /** A pod that does not exist yet. */
        SUPPOSED;

        /** Whether it is known who it is. */
        boolean isKnown() {
            return switch (this) {
                case WORKLOAD, EXTERNAL, NODE -> true;
                case INGRESS_CONTROLLER, SUPPOSED -> false;
            };
        }
    }

    /** Whether a pair of ends is left out: an end with itself, and traffic that does not concern the cluster. */
    public static boolean isOmitted(End from, End to) {
        return from.equals(to) || from.kind != Kind.WORKLOAD && to.kind != Kind.WORKLOAD;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof End that && name.equals(that.name) && kind == that.kind;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** By name, as plain text. */
    @Override
    public int compareTo(End other) {
        return name.compareTo(other.name);
    }
}
