package io.sluice.analysis.connectivity;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.reach.Reach;
import io.sluice.analysis.reach.Reach.Requests;
import io.sluice.analysis.reach.Supposed;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All connections of a snapshot that a focus holds, in the order of source and destination. */
public final class Connectivity {
    private final Reach reach;
    private final Focus focus;

    private final Entrances entrances;

    private Connectivity(Reach reach, Focus focus, Entrances entrances) {
        this.reach = reach;
        this.focus = focus;
        this.entrances = entrances;
    }

    public static Connectivity of(Snapshot snapshot, Ends.Level level, Focus focus) {
        List<End> ends = new ArrayList<>(Ends.of(snapshot, level));
        ends.addAll(Ends.externalBeforeGates(snapshot));
        Entrances entrances = new Entrances(snapshot);
        if (entrances.isEmpty()) {
            ends.sort(null);
            return new Connectivity(Reach.behindGates(VerdictTable.of(snapshot), ends), focus, entrances);
        }
        Supposed supposed = Supposed.anybody(snapshot);
        ends.add(new End(
                Entrances.CONTROLLER,
                End.Kind.INGRESS_CONTROLLER,
                "",
                supposed.ends().getFirst().parties(),
                true,
                false));
        ends.sort(null);
        return new Connectivity(Reach.behindGates(VerdictTable.of(supposed.snapshot()), ends), focus, entrances);
    }

    /** By name. A range of addresses that is listed both as a source and as a destination is there twice. */
    public List<End> ends() {
        return reach.ends();
    }

    /** A set of traffic by the number that {@link Pairs} gets. */
    public Traffic traffic(int number) {
        return reach.traffic(number);
    }

    /** Whether some of the traffic may depend on what is asked for, which the gates at the destinations judge. */
    public boolean isGated() {
        return reach.isGated();
    }

    /** Takes pairs. */
    @FunctionalInterface
    public interface Pairs {
        /**
         * @param from place in {@link #ends}; the same for {@code to}
         * @param open the part of the traffic that depends on the request
         */
        void pair(int from, int to, int traffic, int open) throws IOException;
    }

    /** Hands over every pair between which something is allowed, if only for some requests. */
    public void forEach(Pairs pairs) throws IOException {
        List<End> ends = reach.ends();
        int[] some = new int[ends.size()];
        int[] every = isGated() ? new int[ends.size()] : some;
        for (int from = 0; from < some.length; from++) {
            End source = ends.get(from);
            if (!source.isSource()) {
                continue;
            }
            row(from, Requests.SOME, some);
            if (isGated()) {
                row(from, Requests.EVERY, every);
            }
            for (int to = 0; to < some.length; to++) {
                if (some[to] == Reach.none()) {
                    continue;
                }
                End destination = ends.get(to);
                if (destination.isDestination()
                        && !End.isOmitted(source, destination)
                        && focus.holds(source, destination)) {
                    int wanted = reach.both(some[to], focus.traffic());
                    if (wanted != Reach.none()) {
                        pairs.pair(from, to, wanted, open(wanted, every[to]));
                    }
                }
            }
        }
    }

    private int open(int traffic, int every) {
        return traffic == every || !isGated()
                ? Reach.none()
                : reach.number(reach.traffic(traffic).minus(reach.traffic(every)));
    }

    private void row(int from, Requests requests, int[] row) {
        if (reach.ends().get(from).kind() == End.Kind.INGRESS_CONTROLLER) {
            fromController(from, requests, row);
        } else {
            reach.from(from, requests, row);
        }
    }

    /** Where an entrance leads, as far as the policies there allow it to a pod that nothing is known of. */
    private void fromController(int controller, Requests requests, int[] row) {
        for (int to = 0; to < row.length; to++) {
            Traffic led = entrances.to(reach.ends().get(to));
            row[to] = led.isEmpty()
                    ? Reach.none()
                    : reach.number(led.and(reach.alone(Direction.INGRESS, to, controller, requests)));
        }
    }

    /**
     * Pairs as values, for what is drawn and not streamed.
     *
     * @param open the part of the traffic that depends on the request
     */
    public record Edge(End from, End to, Traffic traffic, Traffic open) {}

    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        try {
            forEach((from, to, traffic, open) ->
                    edges.add(new Edge(ends().get(from), ends().get(to), traffic(traffic), traffic(open))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return edges;
    }
}
