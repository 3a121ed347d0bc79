package io.sluice.analysis.diff;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.reach.Reach;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Two snapshots side by side. */
public final class ConnectivityDiff {
    private static final int ABSENT = -1;

    private final Reach before;
    private final Reach after;
    private final Place[] places;

    /** An end with its place in each of the two lists. */
    private record Place(End end, int before, int after) {}

    private record Key(String name, boolean isSource, boolean isDestination) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::name).thenComparing(Key::isSource).thenComparing(Key::isDestination);

        static Key of(End end) {
            return new Key(end.name(), end.isSource(), end.isDestination());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private ConnectivityDiff(Reach before, Reach after) {
        this.before = before;
        this.after = after;
        Map<Key, Place> all = new TreeMap<>();
        for (int i = 0; i < before.ends().size(); i++) {
            End end = before.ends().get(i);
            all.put(Key.of(end), new Place(end, i, ABSENT));
        }
        for (int i = 0; i < after.ends().size(); i++) {
            int place = i;
            all.merge(
                    Key.of(after.ends().get(i)),
                    new Place(after.ends().get(i), ABSENT, i),
                    (old, now) -> new Place(old.end, old.before, place));
        }
        places = all.values().toArray(Place[]::new);
    }

    /** All pairs that differ: by source, then by destination, runs of address ranges that fare alike as one. */
    public static List<Difference> of(Snapshot before, Snapshot after, Ends.Level level) {
        return of(VerdictTable.of(before), VerdictTable.of(after), level);
    }

    public static List<Difference> of(VerdictTable before, VerdictTable after, Ends.Level level) {
        List<End> external = Ends.external(List.of(before.snapshot(), after.snapshot()));
        Reach old = new Reach(before, with(external, Ends.of(before.snapshot(), level)));
        Reach now = old.beside(after, with(external, Ends.of(after.snapshot(), level)));
        ConnectivityDiff diff = new ConnectivityDiff(old, now);
        List<Raw> raw = new ArrayList<>();
        diff.visit(raw::add);
        return new RangeRuns(raw).merged(new Blame(old, now));
    }

    /**
     * The first packet, if there is one, whose verdict differs between any two parties that the policies tell apart:
     * pods, addresses outside, nodes.
     *
     * @param onlyGained whether a packet counts only if the second allows it and the first does not
     */
    public static Optional<Witness> firstDifference(VerdictTable before, VerdictTable after, boolean onlyGained) {
        List<End> others = new ArrayList<>(Ends.external(List.of(before.snapshot(), after.snapshot())));
        Reach old = new Reach(
                before, with(others, Ends.of(before.snapshot(), Ends.Level.PODS), Ends.nodes(before.snapshot())));
        Reach now = old.beside(
                after, with(others, Ends.of(after.snapshot(), Ends.Level.PODS), Ends.nodes(after.snapshot())));
        List<Witness> found = new ArrayList<>();
        new ConnectivityDiff(old, now).visit(raw -> {
            Traffic was = old.traffic(raw.was());
            Traffic is = now.traffic(raw.is());
            boolean gained = !is.minus(was).isEmpty();
            if (!gained && onlyGained) {
                return true;
            }
            int key = gained ? is.minus(was).witness() : was.minus(is).witness();
            found.add(new Witness(
                    raw.from(),
                    raw.to(),
                    key,
                    gained,
                    Blame.connection(old, raw.fromBefore(), raw.toBefore(), key, gained ? Verdict.DENY : Verdict.ALLOW),
                    Blame.connection(now, raw.fromAfter(), raw.toAfter(), key, gained ? Verdict.ALLOW : Verdict.DENY)));
            return false;
        });
        return found.stream().findFirst();
    }

    /**
     * A packet that the two judge differently.
     *
     * @param allowedAfter whether it is the second that allows it
     * @param before the connection in the first; empty where the first does not have both ends
     */
    public record Witness(
            End from,
            End to,
            int trafficKey,
            boolean allowedAfter,
            Optional<Connection> before,
            Optional<Connection> after) {}

    @SafeVarargs
    private static List<End> with(List<End>... some) {
        List<End> all = new ArrayList<>();
        List.of(some).forEach(all::addAll);
        return all;
    }

    /**
     * A pair of numbers of traffic that differ.
     *
     * @param from place of the source in each list of ends, -1 where it is not; the same for {@code to}
     */
    record Raw(End from, End to, int fromBefore, int fromAfter, int toBefore, int toAfter, int was, int is) {}

    /** Hands over the pairs that differ for as long as they are taken. */
    private void visit(Predicate<Raw> takes) {
        int[] was = new int[before.ends().size()];
        int[] is = new int[after.ends().size()];
        for (Place from : places) {
            if (!from.end.isSource()) {
                continue;
            }
            row(before, from.before, was);
            row(after, from.after, is);
            for (Place to : places) {
                int old = to.before == ABSENT ? Reach.none() : was[to.before];
                int now = to.after == ABSENT ? Reach.none() : is[to.after];
                if (old != now
                        && to.end.isDestination()
                        && !End.isOmitted(from.end, to.end)
                        && !takes.test(
                                new Raw(from.end, to.end, from.before, from.after, to.before, to.after, old, now))) {
                    return;
                }
            }
        }
    }

    private static void row(Reach reach, int source, int[] row) {
        if (source == ABSENT) {
            Arrays.fill(row, Reach.none());
        } else {
            reach.from(source, row);
        }
    }
}
