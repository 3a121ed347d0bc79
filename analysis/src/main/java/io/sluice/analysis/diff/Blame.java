package io.sluice.analysis.diff;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Reach;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the edit that makes a difference: a packet is taken from it, and its causes before and after are compared. */
final class Blame {
    private static final int ABSENT = -1;

    private final Reach before;
    private final Reach after;
    private final Edits edits;
    private final Map<Turn, List<PolicyEdit>> known = new HashMap<>();

    private record Turn(Direction direction, Cause was, Cause is) {}

    Blame(Reach before, Reach after) {
        this.before = before;
        this.after = after;
        this.edits = new Edits(before.table().snapshot(), after.table().snapshot());
    }

    Difference difference(ConnectivityDiff.Raw raw, End from, End to) {
        Traffic was = before.traffic(raw.was());
        Traffic is = after.traffic(raw.is());
        String note = note(raw);
        List<PolicyEdit> found = new ArrayList<>();
        if (note.isEmpty()) {
            if (!is.minus(was).isEmpty()) {
                edits(raw, is.minus(was).witness(), Verdict.ALLOW, found);
            }
            if (!was.minus(is).isEmpty()) {
                edits(raw, was.minus(is).witness(), Verdict.DENY, found);
            }
        }
        return new Difference(from, to, was, is, note, found.stream().distinct().toList());
    }

    private static String note(ConnectivityDiff.Raw raw) {
        List<String> notes = new ArrayList<>();
        if (raw.fromBefore() == ABSENT) {
            notes.add(raw.from().name() + " is new");
        }
        if (raw.toBefore() == ABSENT) {
            notes.add(raw.to().name() + " is new");
        }
        if (raw.fromAfter() == ABSENT) {
            notes.add(raw.from().name() + " is gone");
        }
        if (raw.toAfter() == ABSENT) {
            notes.add(raw.to().name() + " is gone");
        }
        return String.join(", ", notes);
    }

    /** The directions whose verdict on one packet turned into {@code now}. */
    private void edits(ConnectivityDiff.Raw raw, int key, Verdict now, List<PolicyEdit> found) {
        Verdict then = now == Verdict.ALLOW ? Verdict.DENY : Verdict.ALLOW;
        Optional<Connection> old = connection(before, raw.fromBefore(), raw.toBefore(), key, then);
        Optional<Connection> young = connection(after, raw.fromAfter(), raw.toAfter(), key, now);
        if (old.isEmpty() || young.isEmpty()) {
            return;
        }
        for (Direction direction : List.of(Direction.EGRESS, Direction.INGRESS)) {
            Cause was = before.table().cause(old.get(), direction);
            Cause is = after.table().cause(young.get(), direction);
            if (was.verdict() != is.verdict()) {
                found.addAll(
                        known.computeIfAbsent(new Turn(direction, was, is), turn -> edits.between(direction, was, is)));
            }
        }
    }

    /** A connection of the two ends with the wanted verdict: pods of one workload may fare differently. */
    static Optional<Connection> connection(Reach reach, int from, int to, int key, Verdict wanted) {
        if (from == ABSENT || to == ABSENT) {
            return Optional.empty();
        }
        for (Party source : reach.ends().get(from).parties()) {
            for (Party destination : reach.ends().get(to).parties()) {
                boolean meet = source.address().isEmpty()
                        || destination.address().isEmpty()
                        || source.address().get().isV4()
                                == destination.address().get().isV4();
                Connection connection = new Connection(source, destination, new Protocol(key >>> 16), key & 0xffff);
                if (meet && reach.table().verdict(connection) == wanted) {
                    return Optional.of(connection);
                }
            }
        }
        return Optional.empty();
    }
}
