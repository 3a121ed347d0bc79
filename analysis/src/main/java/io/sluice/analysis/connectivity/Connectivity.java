package io.sluice.analysis.connectivity;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.reach.Reach;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All connections of a snapshot that a focus holds, in the order of source and destination. */
public final class Connectivity {
    private final Reach reach;
    private final Focus focus;

    private Connectivity(Reach reach, Focus focus) {
        this.reach = reach;
        this.focus = focus;
    }

    public static Connectivity of(Snapshot snapshot, Ends.Level level, Focus focus) {
        List<End> ends = new ArrayList<>(Ends.of(snapshot, level));
        ends.addAll(Ends.external(List.of(snapshot)));
        ends.sort(null);
        return new Connectivity(new Reach(VerdictTable.of(snapshot), ends), focus);
    }

    /** By name. A range of addresses that is listed both as a source and as a destination is there twice. */
    public List<End> ends() {
        return reach.ends();
    }

    /** A set of traffic by the number that {@link Pairs} gets. */
    public Traffic traffic(int number) {
        return reach.traffic(number);
    }

    /** Takes pairs. */
    @FunctionalInterface
    public interface Pairs {
        /** @param from place in {@link #ends}; the same for {@code to} */
        void pair(int from, int to, int traffic) throws IOException;
    }

    /** Hands over every pair between which something is allowed. */
    public void forEach(Pairs pairs) throws IOException {
        List<End> ends = reach.ends();
        int[] row = new int[ends.size()];
        for (int from = 0; from < row.length; from++) {
            End source = ends.get(from);
            if (!source.isSource()) {
                continue;
            }
            reach.from(from, row);
            for (int to = 0; to < row.length; to++) {
                if (row[to] == Reach.none()) {
                    continue;
                }
                End destination = ends.get(to);
                if (destination.isDestination()
                        && !End.isOmitted(source, destination)
                        && focus.holds(source, destination)) {
                    int wanted = reach.both(row[to], focus.traffic());
                    if (wanted != Reach.none()) {
                        pairs.pair(from, to, wanted);
                    }
                }
            }
        }
    }

    /** Pairs as values, for what is drawn and not streamed. */
    public record Edge(End from, End to, Traffic traffic) {}

    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        try {
            forEach((from, to, traffic) -> edges.add(new Edge(ends().get(from), ends().get(to), traffic(traffic))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return edges;
    }
}
