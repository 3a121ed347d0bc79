package io.sluice.analysis.diff;

import java.util.ArrayList;
import java.util.List;

/**
 * Differences sorted by whether they are meant.
 *
 * @param unexpected those that the list of allowed ones does not cover
 */
public record DiffReport(List<Difference> unexpected, List<Difference> allowed) {
    public DiffReport {
        unexpected = List.copyOf(unexpected);
        allowed = List.copyOf(allowed);
    }

    public static DiffReport of(List<Difference> differences, AllowList meant) {
        List<Difference> unexpected = new ArrayList<>();
        List<Difference> allowed = new ArrayList<>();
        differences.forEach(one -> (meant.covers(one) ? allowed : unexpected).add(one));
        return new DiffReport(unexpected, allowed);
    }

    public List<Difference> all() {
        List<Difference> all = new ArrayList<>(unexpected);
        all.addAll(allowed);
        all.sort(java.util.Comparator.comparing(Difference::from).thenComparing(Difference::to));
        return all;
    }

    public List<Difference> of(Difference.Type type) {
        return unexpected.stream().filter(one -> one.type() == type).toList();
    }

    /** In one line. */
    public String summary() {
        if (unexpected.isEmpty()) {
            return allowed.isEmpty()
                    ? "No difference: the same connections are allowed."
                    : "No unexpected difference; " + allowed.size() + " allowed.";
        }
        return of(Difference.Type.GAINED).size() + " gained, "
                + of(Difference.Type.LOST).size() + " lost, "
                + of(Difference.Type.CHANGED).size() + " changed"
                + (allowed.isEmpty() ? "" : ", " + allowed.size() + " as allowed") + ".";
    }

    /** What in the cluster becomes reachable from outside. */
    public List<Difference> openedFromOutside() {
        return unexpected.stream().filter(Difference::opensFromOutside).toList();
    }

    /** What may now reach the outside. */
    public List<Difference> openedToOutside() {
        return unexpected.stream().filter(Difference::opensToOutside).toList();
    }
}
