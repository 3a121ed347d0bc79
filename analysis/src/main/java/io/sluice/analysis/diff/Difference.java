package io.sluice.analysis.diff;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.traffic.Traffic;
import java.util.List;

/**
 * A pair of ends between which something else is allowed than before.
 *
 * @param from as it is listed; a run of address ranges that fare alike is one end
 * @param endsNote which of the ends is new or gone; empty if both exist before and after
 * @param edits what makes the difference, the decisive first
 */
public record Difference(End from, End to, Traffic before, Traffic after, String endsNote, List<PolicyEdit> edits) {
    public Difference {
        edits = List.copyOf(edits);
    }

    /** What kind of difference it is. */
    public enum Type {
        GAINED,
        LOST,
        CHANGED
    }

    public Type type() {
        if (before.isEmpty()) {
            return Type.GAINED;
        }
        return after.isEmpty() ? Type.LOST : Type.CHANGED;
    }

    public Traffic gained() {
        return after.minus(before);
    }

    public Traffic lost() {
        return before.minus(after);
    }

    /** Whether something inside becomes reachable from outside of the cluster. */
    public boolean opensFromOutside() {
        return from.kind() != End.Kind.WORKLOAD && !gained().isEmpty();
    }

    /** Whether something inside may now reach the outside. */
    public boolean opensToOutside() {
        return to.kind() == End.Kind.EXTERNAL && !gained().isEmpty();
    }

    /** Traffic as text; exact where np-guard's notation cannot tell before from after. */
    public String text(Traffic traffic) {
        return before.toString().equals(after.toString()) ? traffic.exact() : traffic.toString();
    }
}
