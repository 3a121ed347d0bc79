package io.sluice.analysis.diff;

import io.sluice.analysis.reach.End;
import io.sluice.policy.model.Party;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins neighbouring ranges of addresses that differ in the same way towards the same end. */
final class RangeRuns {
    private final List<ConnectivityDiff.Raw> raw;

    RangeRuns(List<ConnectivityDiff.Raw> raw) {
        this.raw = raw;
    }

    private record Alike(End inside, boolean isSource, int was, int is) {}

    List<Difference> merged(Blame blame) {
        List<Difference> out = new ArrayList<>();
        Map<Alike, List<ConnectivityDiff.Raw>> outside = new LinkedHashMap<>();
        for (ConnectivityDiff.Raw one : raw) {
            if (one.from().kind() == End.Kind.EXTERNAL) {
                outside.computeIfAbsent(new Alike(one.to(), true, one.was(), one.is()), _ -> new ArrayList<>())
                        .add(one);
            } else if (one.to().kind() == End.Kind.EXTERNAL) {
                outside.computeIfAbsent(new Alike(one.from(), false, one.was(), one.is()), _ -> new ArrayList<>())
                        .add(one);
            } else {
                out.add(blame.difference(one, one.from(), one.to()));
            }
        }
        outside.forEach((alike, ones) -> runs(alike, ones, blame, out));
        out.sort(Comparator.comparing(Difference::from).thenComparing(Difference::to));
        return out;
    }

    private static void runs(Alike alike, List<ConnectivityDiff.Raw> ones, Blame blame, List<Difference> out) {
        List<ConnectivityDiff.Raw> sorted = ones.stream()
                .sorted(Comparator.comparing(one -> range(one, alike).first()))
                .toList();
        for (int i = 0; i < sorted.size(); ) {
            ConnectivityDiff.Raw first = sorted.get(i);
            Range run = range(first, alike);
            for (i++; i < sorted.size() && run.isFollowedBy(range(sorted.get(i), alike)); i++) {
                run = new Range(run.first, range(sorted.get(i), alike).last);
            }
            End end = run.end(alike.isSource);
            out.add(
                    alike.isSource
                            ? blame.difference(first, end, first.to())
                            : blame.difference(first, first.from(), end));
        }
    }

    private record Range(Ip first, Ip last) {
        boolean isFollowedBy(Range next) {
            Ip after = new Ip(last.low() == -1 ? last.high() + 1 : last.high(), last.low() + 1);
            return after.equals(next.first) && first.isV4() == next.first.isV4();
        }

        End end(boolean isSource) {
            return new End(
                    first + "-" + last + "[External]",
                    End.Kind.EXTERNAL,
                    "",
                    List.of(new Party.OfNetwork(first)),
                    isSource,
                    !isSource);
        }
    }

    private static Range range(ConnectivityDiff.Raw one, Alike alike) {
        String name = (alike.isSource ? one.from() : one.to()).name();
        int dash = name.indexOf('-');
        return new Range(Ip.parse(name.substring(0, dash)), Ip.parse(name.substring(dash + 1, name.indexOf('['))));
    }
}
