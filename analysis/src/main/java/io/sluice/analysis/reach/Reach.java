package io.sluice.analysis.reach;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.PolicySet;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.VerdictTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The traffic allowed between each two ends. Not thread-safe. */
public final class Reach {
    private static final int ANY_FAMILY = 0;

    private final VerdictTable table;
    private final Optional<Passages> passages;
    private final List<End> ends;
    private final TrafficNumbers numbers;
    private final Kin[] kin;

    /** The policy set of each kin; beside the identities, apart from the rest, for the loop over all pairs. */
    private final int[] sets;

    private final int[] identities;

    /** The places of all ends' kin in {@link #kin}, end after end. */
    private final int[] kinOfEnds;

    /** For each end where its kin begin in {@link #kinOfEnds}, and one more for where the last ones stop. */
    private final int[] firstKin;

    private final int[] allDestinations;
    private final int[] workloads;

    /** For each policy set what its ingress allows from an identity without a row of its own. */
    private final int[] ingressOtherwise;

    /** For each identity, the sets whose ingress has a row for it, with what that allows: set, traffic, set, traffic. */
    private final int[][] ingressFrom;

    /** For each set the identities that its egress has a row for, in the same form; null until it is asked for. */
    private final int[] @Nullable [] egressTo;

    private final int[] ingress;
    private final int[] egress;

    /**
     * Parties that no policy can tell apart.
     *
     * @param family 4, 6, or {@link #ANY_FAMILY} for a party whose addresses are not known
     * @param node the node that it is or runs on, as far as it matters; empty otherwise
     * @param asking its number as a source before gates; 0 where gates are not asked
     * @param gate its number as a destination behind a gate; 0 where there is none
     */
    private record Kin(int set, int identity, int family, boolean isNode, String node, int asking, int gate) {
        boolean hasNode() {
            return !node.isEmpty();
        }

        boolean isOnOwnNode(Kin other) {
            return isNode != other.isNode && hasNode() && node.equals(other.node);
        }

        boolean canMeet(Kin other) {
            return family == other.family || family == ANY_FAMILY || other.family == ANY_FAMILY;
        }
    }

    /** What is asked for through a connection is judged by the gate at its destination, and only known in part. */
    public enum Requests {
        /** Traffic of which some request may pass. */
        SOME,
        /** Traffic of which every request passes. */
        EVERY
    }

    /** What the network allows, whatever gates there are. */
    public Reach(VerdictTable table, List<End> ends) {
        this(table, ends, new TrafficNumbers(), Optional.empty());
    }

    /** What the network and the gates of the destinations allow. */
    public static Reach behindGates(VerdictTable table, List<End> ends) {
        Snapshot snapshot = table.snapshot();
        return new Reach(
                table,
                ends,
                new TrafficNumbers(),
                snapshot.mesh().isSilent() ? Optional.empty() : Optional.of(new Passages(snapshot)));
    }

    /** The same for another table, with the same numbers for the same traffic. */
    public Reach beside(VerdictTable other, List<End> otherEnds) {
        return new Reach(other, otherEnds, numbers, Optional.empty());
    }

    private Reach(VerdictTable table, List<End> ends, TrafficNumbers numbers, Optional<Passages> passages) {
        this.table = table;
        this.numbers = numbers;
        this.passages = passages;
        this.ends = List.copyOf(ends);
        Set<String> hosts = new HashSet<>();
        for (End end : ends) {
            for (Party party : end.parties()) {
                if (party instanceof Party.OfNode(Node node, var _)) {
                    hosts.add(node.name());
                }
            }
        }
        Map<Kin, Integer> known = new LinkedHashMap<>();
        firstKin = new int[ends.size() + 1];
        IntStream.Builder all = IntStream.builder();
        for (int i = 0; i < ends.size(); i++) {
            End end = ends.get(i);
            int[] its = end.parties().stream()
                    .mapToInt(party -> known.computeIfAbsent(kin(party, end.kind(), hosts), _ -> known.size()))
                    .distinct()
                    .toArray();
            firstKin[i + 1] = firstKin[i] + its.length;
            for (int one : its) {
                all.add(one);
            }
        }
        kinOfEnds = all.build().toArray();
        kin = known.keySet().toArray(Kin[]::new);
        sets = Arrays.stream(kin).mapToInt(Kin::set).toArray();
        identities = Arrays.stream(kin).mapToInt(Kin::identity).toArray();
        allDestinations = places(_ -> true);
        workloads = places(end -> end.kind() == End.Kind.WORKLOAD);
        int setCount = table.policySets().size();
        int identityCount = table.identities().size();
        ingress = new int[setCount];
        egress = new int[identityCount];
        egressTo = new int[setCount][];
        ingressOtherwise = new int[setCount];
        int[][] from = new int[identityCount][];
        int[] filled = new int[identityCount];
        boolean[] used = new boolean[setCount];
        for (Kin one : kin) {
            used[one.set] = true;
        }
        for (PolicySet set : table.policySets()) {
            if (used[set.id()]) {
                ingressOtherwise[set.id()] = numbers.allowedBy(set.ingress().otherwise());
                set.ingress().other().byPeer().forEach((identity, row) -> {
                    int[] pairs = from[identity];
                    if (pairs == null || filled[identity] == pairs.length) {
                        pairs = pairs == null ? new int[4] : Arrays.copyOf(pairs, pairs.length * 2);
                        from[identity] = pairs;
                    }
                    pairs[filled[identity]++] = set.id();
                    pairs[filled[identity]++] = numbers.allowedBy(row);
                });
            }
        }
        ingressFrom = new int[identityCount][];
        for (int i = 0; i < identityCount; i++) {
            ingressFrom[i] = from[i] == null ? new int[0] : Arrays.copyOf(from[i], filled[i]);
        }
    }

    private int[] places(Predicate<End> wanted) {
        return IntStream.range(0, ends.size())
                .filter(i -> ends.get(i).isDestination() && wanted.test(ends.get(i)))
                .toArray();
    }

    /** Which node a pod runs on matters only if that node is an end too. */
    private Kin kin(Party party, End.Kind kind, Set<String> hosts) {
        String node = switch (party) {
            case Party.OfPod(Pod pod, var _) -> hosts.contains(pod.node()) ? pod.node() : "";
            case Party.OfNode(Node host, var _) -> host.name();
            case Party.OfNetwork _ -> "";
        };
        int set = party instanceof Party.OfPod(Pod pod, var _) ? table.policySetOf(pod) : VerdictTable.NOTHING_SELECTS;
        int family = party.address().map(ip -> ip.isV4() ? 4 : 6).orElse(ANY_FAMILY);
        return new Kin(
                set,
                table.identityOf(party),
                family,
                party instanceof Party.OfNode,
                node,
                passages.map(p -> p.source(party, kind.isKnown())).orElse(0),
                passages.map(p -> p.destination(party)).orElse(Passages.UNGUARDED));
    }

    public VerdictTable table() {
        return table;
    }

    public List<End> ends() {
        return ends;
    }

    public Traffic traffic(int number) {
        return numbers.of(number);
    }

    /** The number of a set of traffic. */
    public int number(Traffic set) {
        return numbers.number(set);
    }

    /** The part of a set of traffic, by number, that lies in another. */
    public int both(int number, Traffic other) {
        return numbers.both(number, numbers.number(other));
    }

    /** The number of an empty set of traffic. */
    public static int none() {
        return TrafficNumbers.NONE;
    }

    /** Whether anything is asked of gates, so that not every request may fare alike. */
    public boolean isGated() {
        return passages.isPresent();
    }

    /**
     * What a source reaches: for each end the number of a set of traffic; nothing where the pair is not to be listed.
     *
     * @param out as long as {@link #ends}; overwritten
     */
    public void from(int source, int[] out) {
        from(source, Requests.SOME, out);
    }

    /** The same of these requests only. */
    public void from(int source, Requests requests, int[] out) {
        Arrays.fill(out, TrafficNumbers.NONE);
        int[] destinations = ends.get(source).kind() == End.Kind.WORKLOAD ? allDestinations : workloads;
        for (int at = firstKin[source]; at < firstKin[source + 1]; at++) {
            Kin from = kin[kinOfEnds[at]];
            prepare(from);
            for (int i : destinations) {
                for (int of = firstKin[i]; of < firstKin[i + 1]; of++) {
                    int to = kinOfEnds[of];
                    int both = numbers.both(egress[identities[to]], ingress[sets[to]]);
                    if (from.hasNode() && from.isOnOwnNode(kin[to])) {
                        both = onOwnNode(from, kin[to]);
                    }
                    if (both != TrafficNumbers.NONE && from.canMeet(kin[to])) {
                        out[i] = numbers.either(out[i], through(from, kin[to], requests, both));
                    }
                }
            }
        }
    }

    /** The part of a set of traffic, by number, that the gate of a destination lets through. */
    private int through(Kin from, Kin to, Requests requests, int number) {
        if (to.gate == Passages.UNGUARDED || passages.isEmpty()) {
            return number;
        }
        Passages.Passage passage = passages.get().between(from.asking, to.gate);
        return numbers.both(
                number,
                numbers.number(
                        switch (requests) {
                            case SOME -> passage.some();
                            case EVERY -> passage.every();
                        }));
    }

    private int onOwnNode(Kin from, Kin to) {
        return numbers.both(
                numbers.allowedBy(table.row(from.set, Direction.EGRESS, to.identity, Relation.OWN_NODE)),
                numbers.allowedBy(table.row(to.set, Direction.INGRESS, from.identity, Relation.OWN_NODE)));
    }

    private void prepare(Kin from) {
        Arrays.fill(
                egress,
                numbers.allowedBy(table.policySets().get(from.set).egress().otherwise()));
        int[] to = egressTo(from.set);
        for (int i = 0; i < to.length; i += 2) {
            egress[to[i]] = to[i + 1];
        }
        System.arraycopy(ingressOtherwise, 0, ingress, 0, ingress.length);
        int[] rows = ingressFrom[from.identity];
        for (int i = 0; i < rows.length; i += 2) {
            ingress[rows[i]] = rows[i + 1];
        }
    }

    private int[] egressTo(int set) {
        int[] known = egressTo[set];
        if (known == null) {
            Map<Integer, PortTable> rows =
                    table.policySets().get(set).egress().other().byPeer();
            known = new int[rows.size() * 2];
            int n = 0;
            for (Map.Entry<Integer, PortTable> row : rows.entrySet()) {
                known[n++] = row.getKey();
                known[n++] = numbers.allowedBy(row.getValue());
            }
            egressTo[set] = known;
        }
        return known;
    }

    /** What one direction of an end allows with another, whatever the other end's policies say. */
    public Traffic alone(Direction direction, int subject, int peer, Requests requests) {
        int sum = TrafficNumbers.NONE;
        for (int one = firstKin[subject]; one < firstKin[subject + 1]; one++) {
            for (int other = firstKin[peer]; other < firstKin[peer + 1]; other++) {
                Kin own = kin[kinOfEnds[one]];
                Kin others = kin[kinOfEnds[other]];
                if (own.canMeet(others)) {
                    int row = numbers.allowedBy(table.row(own.set, direction, others.identity, Relation.OTHER));
                    sum = numbers.either(
                            sum,
                            switch (direction) {
                                case EGRESS -> row;
                                case INGRESS -> through(others, own, requests, row);
                            });
                }
            }
        }
        return numbers.of(sum);
    }
}
