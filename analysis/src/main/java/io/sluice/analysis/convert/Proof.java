package io.sluice.analysis.convert;

import io.sluice.analysis.reach.Ends;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether two lists of policies decide the same on a {@link Universe}: for every pod, in each direction by itself, with
 * every peer (pods, nodes, each range of addresses outside), on every port and protocol.
 */
public final class Proof {
    private static final List<Integer> FAMILIAR = List.of(
            TrafficRange.key(Protocol.TCP, 80), TrafficRange.key(Protocol.UDP, 53), TrafficRange.key(Protocol.TCP, 1));

    private final VerdictTable before;
    private final VerdictTable after;
    private final Set<Relation> besides;
    private final Set<Pair> compared = new HashSet<>();
    private final int made;

    /** What decides a row in both tables. */
    private record Pair(
            int setBefore, int setAfter, Direction direction, int idBefore, int idAfter, Relation relation) {}

    /**
     * A packet that the two decide differently.
     *
     * @param connection with the subject at one of its ends
     * @param before what decides in the first; {@code after} the same in the second
     */
    public record Difference(
            Direction direction, Relation relation, Connection connection, Cause before, Cause after) {}

    private Proof(Snapshot cluster, List<Policy> first, List<Policy> second, Set<Relation> besides) {
        this.besides = Set.copyOf(besides);
        List<Policy> both = new ArrayList<>(first);
        both.addAll(second);
        Snapshot universe = Universe.of(cluster, both);
        made = universe.pods().size() - cluster.pods().size();
        before = VerdictTable.of(universe.withPolicies(first));
        after = VerdictTable.of(universe.withPolicies(second));
    }

    /** @param besides peers that may fare differently: the pod itself through a Service, the node that it runs on */
    public static Proof of(Snapshot cluster, List<Policy> first, List<Policy> second, Set<Relation> besides) {
        return new Proof(cluster, first, second, besides);
    }

    /** How many pods were compared: those that there are, and those that were made to fit the selectors. */
    public int pods() {
        return before.snapshot().pods().size();
    }

    /** How many of them were made. */
    public int made() {
        return made;
    }

    /** The first difference found; empty if the two decide the same. */
    public Optional<Difference> difference() {
        List<Party> peers = peers();
        for (Pod pod : before.snapshot().pods()) {
            if (pod.hostNetwork()) {
                continue;
            }
            for (Party peer : peers) {
                for (Direction direction : Direction.values()) {
                    Optional<Difference> found = compare(pod, peer, direction);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<Party> peers() {
        List<Party> out = new ArrayList<>();
        for (Pod pod : before.snapshot().pods()) {
            if (!pod.hostNetwork()) {
                pod.ips().forEach(ip -> out.add(new Party.OfPod(pod, ip)));
            }
        }
        for (Node node : before.snapshot().nodes()) {
            node.ips().forEach(ip -> out.add(new Party.OfNode(node, ip)));
        }
        Ends.external(List.of(before.snapshot(), after.snapshot())).forEach(end -> out.addAll(end.parties()));
        return out;
    }

    private Optional<Difference> compare(Pod pod, Party peer, Direction direction) {
        Relation relation = switch (peer) {
            case Party.OfPod of -> of.pod().isSame(pod) ? Relation.SELF : Relation.OTHER;
            case Party.OfNode of -> of.node().runs(pod) ? Relation.OWN_NODE : Relation.OTHER;
            case Party.OfNetwork _ -> Relation.OTHER;
        };
        if (besides.contains(relation)) {
            return Optional.empty();
        }
        Pair pair = new Pair(
                before.policySetOf(pod),
                after.policySetOf(pod),
                direction,
                before.identityOf(peer),
                after.identityOf(peer),
                relation);
        if (!compared.add(pair)) {
            return Optional.empty();
        }
        PortTable one = before.row(pair.setBefore, direction, pair.idBefore, relation);
        PortTable other = after.row(pair.setAfter, direction, pair.idAfter, relation);
        return differing(one, other)
                .map(key -> new Difference(
                        direction,
                        relation,
                        connection(pod, peer, direction, key, relation),
                        one.at(key),
                        other.at(key)));
    }

    /**
     * A key at which the verdicts differ: one at which an entry of either table begins, or one that a reader knows if it
     * will do.
     */
    private static Optional<Integer> differing(PortTable one, PortTable other) {
        Stream<Integer> starts =
                Stream.concat(one.entries().stream(), other.entries().stream()).map(PortTable.Entry::first);
        return Stream.concat(FAMILIAR.stream(), starts.sorted())
                .filter(key -> one.at(key).verdict() != other.at(key).verdict())
                .findFirst();
    }

    private static Connection connection(Pod pod, Party peer, Direction direction, int key, Relation relation) {
        Optional<Ip> ip = peer.address()
                .flatMap(of -> pod.ips().stream()
                        .filter(own -> own.isV4() == of.isV4())
                        .findFirst());
        Party subject =
                new Party.OfPod(pod, ip.or(() -> pod.ips().stream().findFirst()).orElse(null));
        Protocol protocol = new Protocol(key >>> 16);
        boolean hairpin = relation == Relation.SELF;
        return direction == Direction.INGRESS
                ? new Connection(peer, subject, protocol, key & 0xffff, hairpin)
                : new Connection(subject, peer, protocol, key & 0xffff, hairpin);
    }
}
