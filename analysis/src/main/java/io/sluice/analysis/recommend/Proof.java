package io.sluice.analysis.recommend;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.reach.Reach;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.TrafficRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of generated policies: that everything seen is allowed, and how much more is.
 *
 * @param seen how many connections there were: pairs of workloads or addresses, each on one port
 * @param refused those of them that the policies do not allow, with the reason
 * @param beyond what is allowed between workloads, or with the world outside, and was not seen
 * @param dns how many workloads may ask the cluster's DNS and were not seen to
 */
public record Proof(int seen, List<Refused> refused, List<Beyond> beyond, int dns) {
    /** Something seen that is not allowed. */
    public record Refused(Talk talk, Decision decision) {}

    /**
     * @param from as it is listed by {@code connectivity}
     * @param more how many pairs of a party outside and a port, or of two workloads and a port, were not seen
     */
    public record Beyond(String from, String to, Traffic traffic, BigInteger more, boolean outside) {}

    public Proof {
        refused = List.copyOf(refused);
        beyond = List.copyOf(beyond);
    }

    public boolean holds() {
        return refused.isEmpty();
    }

    /** The sum of what is allowed beyond, between workloads or with the outside. */
    public BigInteger more(boolean outside) {
        return beyond.stream()
                .filter(b -> b.outside == outside)
                .map(Beyond::more)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * @param snapshot with the policies as they would be
     * @param namespaces that were asked for; what is allowed elsewhere is not counted
     */
    public static Proof of(Observed observed, Snapshot snapshot, Set<String> namespaces) {
        Allowance allowance = new Allowance(snapshot);
        List<Refused> refused = new ArrayList<>();
        for (Talk talk : observed.talks()) {
            for (Connection connection : allowance.refused(talk)) {
                refused.add(new Refused(talk, Decider.decide(snapshot, connection)));
            }
        }
        Excess excess = new Excess(observed, allowance, namespaces);
        excess.measure();
        return new Proof(observed.talks().size(), refused, excess.beyond, excess.dns);
    }

    private static final class Excess {
        private final Set<String> namespaces;
        private final Reach reach;
        private final Map<Pair, Traffic> seen = new HashMap<>();
        private final List<Talk> withAddresses;
        private final List<Beyond> beyond = new ArrayList<>();
        private int dns;

        private record Pair(Workload from, Workload to) implements Comparable<Pair> {
            @Override
            public int compareTo(Pair other) {
                int byFrom = from.compareTo(other.from);
                return byFrom != 0 ? byFrom : to.compareTo(other.to);
            }
        }

        Excess(Observed observed, Allowance allowance, Set<String> namespaces) {
            this.namespaces = namespaces;
            Snapshot snapshot = allowance.table().snapshot();
            List<End> ends = new ArrayList<>(Ends.of(snapshot, Ends.Level.PODS));
            ends.addAll(Ends.external(List.of(snapshot)));
            reach = new Reach(allowance.table(), ends);
            withAddresses = new ArrayList<>();
            for (Talk talk : observed.talks()) {
                if (talk.from() instanceof Talker.Member(Workload from)
                        && talk.to() instanceof Talker.Member(Workload to)) {
                    seen.merge(new Pair(from, to), one(talk), Traffic::or);
                } else {
                    withAddresses.add(talk);
                }
            }
            for (String namespace : namespaces) {
                for (Talk talk : Dns.talks(snapshot, namespace)) {
                    if (talk.from() instanceof Talker.Member(Workload from)
                            && talk.to() instanceof Talker.Member(Workload to)) {
                        if (!seen.containsKey(new Pair(from, to))) {
                            dns++;
                        }
                        seen.merge(new Pair(from, to), one(talk), Traffic::or);
                    }
                }
            }
        }

        private static Traffic one(Talk talk) {
            return Traffic.of(new TrafficRange(talk.key(), talk.key()));
        }

        void measure() {
            SortedMap<Pair, Traffic> between = new TreeMap<>();
            SortedMap<String, Beyond> outside = new TreeMap<>();
            List<End> ends = reach.ends();
            int[] row = new int[ends.size()];
            for (int i = 0; i < row.length; i++) {
                if (!ends.get(i).isSource()) {
                    continue;
                }
                reach.from(i, row);
                for (int j = 0; j < row.length; j++) {
                    if (row[j] != Reach.none() && concerns(ends.get(i), ends.get(j))) {
                        add(ends.get(i), ends.get(j), reach.traffic(row[j]), between, outside);
                    }
                }
            }
            between.forEach((pair, traffic) -> {
                Traffic more = traffic.minus(seen.getOrDefault(pair, Traffic.NONE));
                if (!more.isEmpty()) {
                    beyond.add(new Beyond(
                            pair.from.toString(), pair.to.toString(), more, BigInteger.valueOf(size(more)), false));
                }
            });
            beyond.addAll(outside.values());
        }

        private boolean concerns(End from, End to) {
            return namespaces.contains(from.namespace()) || namespaces.contains(to.namespace());
        }

        private void add(End from, End to, Traffic traffic, Map<Pair, Traffic> between, Map<String, Beyond> outside) {
            @Nullable Workload source = workload(from);
            @Nullable Workload destination = workload(to);
            if (source != null && destination != null) {
                between.merge(new Pair(source, destination), traffic, Traffic::or);
                return;
            }
            String one = source == null ? from.name() : source.toString();
            String other = destination == null ? to.name() : destination.toString();
            @Nullable Workload inside = source == null ? destination : source;
            if (inside == null) {
                return;
            }
            BigInteger more = unseen(source == null ? from : to, inside, traffic, source == null);
            if (more.signum() > 0) {
                outside.putIfAbsent(one + " " + other, new Beyond(one, other, traffic, more, true));
            }
        }

        private static @Nullable Workload workload(End end) {
            return end.parties().getFirst() instanceof Party.OfPod of ? of.pod().workload() : null;
        }

        /** Pairs of an address of the range and a port that are allowed and were not seen. */
        private BigInteger unseen(End range, Workload inside, Traffic traffic, boolean inward) {
            if (range.kind() != End.Kind.EXTERNAL) {
                return BigInteger.ZERO;
            }
            String[] bounds =
                    range.name().substring(0, range.name().indexOf('[')).split("-");
            Ip first = Ip.parse(bounds[0]);
            Ip last = Ip.parse(bounds[1]);
            BigInteger addresses = new BigInteger(1, last.bytes16())
                    .subtract(new BigInteger(1, first.bytes16()))
                    .add(BigInteger.ONE);
            BigInteger all = addresses.multiply(BigInteger.valueOf(size(traffic)));
            long known = 0;
            for (Talk talk : withAddresses) {
                Talker member = inward ? talk.to() : talk.from();
                Talker peer = inward ? talk.from() : talk.to();
                if (member.equals(new Talker.Member(inside)) && traffic.contains(talk.key())) {
                    switch (peer) {
                        case Talker.Anywhere() -> all = all.subtract(addresses);
                        case Talker.Address(Ip ip) ->
                            known += first.compareTo(ip) <= 0 && ip.compareTo(last) <= 0 ? 1 : 0;
                        case Talker.Member _ -> {}
                    }
                }
            }
            return all.subtract(BigInteger.valueOf(known)).max(BigInteger.ZERO);
        }

        private static long size(Traffic traffic) {
            return traffic.ranges().stream()
                    .mapToLong(range -> range.last() - range.first() + 1L)
                    .sum();
        }
    }
}
