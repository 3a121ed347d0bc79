package io.sluice.analysis.diff;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.reach.Reach;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two snapshots side by side. */
public final class ConnectivityDiff {
    private static final int ABSENT = -1;

    private final Reach before;
    private final Reach after;
    private final List<Place> places;

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
        places = List.copyOf(all.values());
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
        return new RangeRuns(diff.raw()).merged(new Blame(old, now));
    }

    private static List<End> with(List<End> external, List<End> workloads) {
        List<End> all = new ArrayList<>(workloads);
        all.addAll(external);
        return all;
    }

    /**
     * A pair of numbers of traffic that differ.
     *
     * @param from place of the source in each list of ends, -1 where it is not; the same for {@code to}
     */
    record Raw(End from, End to, int fromBefore, int fromAfter, int toBefore, int toAfter, int was, int is) {}

    private List<Raw> raw() {
        List<Raw> out = new ArrayList<>();
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
                if (old != now && to.end.isDestination() && !End.isOmitted(from.end, to.end)) {
                    out.add(new Raw(from.end, to.end, from.before, from.after, to.before, to.after, old, now));
                }
            }
        }
        return out;
    }

    private static void row(Reach reach, int source, int[] row) {
        if (source == ABSENT) {
            Arrays.fill(row, Reach.none());
        } else {
            reach.from(source, row);
        }
    }
}
