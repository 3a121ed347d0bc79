package io.sluice.analysis.reach;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.GateMatch;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The coarsest division of the address space into ranges within which no address block of a direction's rules begins or
 * ends. IPv6 is divided only where policies or pods know it.
 */
final class ExternalRanges {
    private static final Ip FIRST_V4 = Ip.parse("0.0.0.0");
    private static final Ip LAST_V4 = Ip.parse("255.255.255.255");
    private static final Ip FIRST_V6 = Ip.parse("::");
    private static final Ip LAST_V6 = new Ip(-1, -1);

    private ExternalRanges() {}

    /** First and last address. */
    record Range(Ip first, Ip last) {
        @Override
        public String toString() {
            return first + "-" + last;
        }
    }

    static List<Range> of(List<Snapshot> snapshots, Direction direction) {
        Set<Peer.Network> blocks = new HashSet<>();
        snapshots.forEach(snapshot -> collect(snapshot, direction, blocks));
        return divide(blocks, snapshots.stream().anyMatch(ExternalRanges::knowsV6));
    }

    /** Those that may be sources, told apart by what the gates ask of addresses too. */
    static List<Range> beforeGates(Snapshot snapshot) {
        Set<Peer.Network> blocks = new HashSet<>();
        collect(snapshot, Direction.INGRESS, blocks);
        snapshot.mesh().policies().stream()
                .flatMap(policy -> policy.rules().stream())
                .flatMap(GateRule::terms)
                .filter(term -> term.attribute() == Attribute.SOURCE_IP || term.attribute() == Attribute.REMOTE_IP)
                .flatMap(term -> Stream.concat(term.values().stream(), term.notValues().stream()))
                .forEach(match -> {
                    if (match instanceof GateMatch.Network(Cidr cidr)) {
                        blocks.add(new Peer.Network(cidr, List.of()));
                    }
                });
        return divide(
                blocks,
                knowsV6(snapshot)
                        || blocks.stream().anyMatch(block -> !block.cidr().isV4()));
    }

    private static List<Range> divide(Set<Peer.Network> blocks, boolean v6) {
        List<Range> ranges = divide(FIRST_V4, LAST_V4, blocks);
        if (v6) {
            ranges.addAll(divide(FIRST_V6, LAST_V6, blocks));
        }
        return ranges;
    }

    private static void collect(Snapshot snapshot, Direction direction, Set<Peer.Network> into) {
        for (Policy policy : snapshot.policies()) {
            policy.section(direction).ifPresent(section -> collect(section, into));
        }
    }

    static boolean hasBlocks(Policy policy) {
        Set<Peer.Network> blocks = new HashSet<>();
        policy.sections().forEach(section -> collect(section, blocks));
        return !blocks.isEmpty();
    }

    private static void collect(Section section, Set<Peer.Network> into) {
        for (Rule rule : section.rules()) {
            rule.peers().stream().flatMap(Peer::leaves).forEach(peer -> {
                if (peer instanceof Peer.Network block) {
                    into.add(block);
                }
            });
        }
    }

    private static boolean knowsV6(Snapshot snapshot) {
        return snapshot.pods().stream().anyMatch(pod -> pod.ips().stream().anyMatch(ip -> !ip.isV4()))
                || snapshot.policies().stream().anyMatch(policy -> {
                    Set<Peer.Network> blocks = new HashSet<>();
                    policy.sections().forEach(section -> collect(section, blocks));
                    return blocks.stream().anyMatch(block -> !block.cidr().isV4());
                });
    }

    private static List<Range> divide(Ip first, Ip last, Set<Peer.Network> blocks) {
        TreeSet<Ip> starts = new TreeSet<>();
        starts.add(first);
        for (Peer.Network block : blocks) {
            if (block.cidr().isV4() == first.isV4()) {
                for (Range piece : pieces(block)) {
                    starts.add(piece.first);
                    if (!piece.last.equals(last)) {
                        starts.add(after(piece.last));
                    }
                }
            }
        }
        List<Range> ranges = new ArrayList<>(starts.size());
        Ip from = first;
        for (Ip start : starts) {
            if (!start.equals(first)) {
                ranges.add(new Range(from, before(start)));
                from = start;
            }
        }
        ranges.add(new Range(from, last));
        return ranges;
    }

    /** What is left of a block without its exceptions, in ranges as long as can be. */
    private static List<Range> pieces(Peer.Network block) {
        List<Range> pieces = new ArrayList<>();
        Ip next = block.cidr().base();
        Ip last = block.cidr().last();
        for (Cidr except : block.except().stream().sorted().toList()) {
            if (!block.cidr().contains(except) || except.last().compareTo(next) < 0) {
                continue;
            }
            if (except.base().compareTo(next) > 0) {
                pieces.add(new Range(next, before(except.base())));
            }
            if (except.last().equals(last)) {
                return pieces;
            }
            next = after(except.last());
        }
        pieces.add(new Range(next, last));
        return pieces;
    }

    private static Ip after(Ip ip) {
        return new Ip(ip.low() == -1 ? ip.high() + 1 : ip.high(), ip.low() + 1);
    }

    private static Ip before(Ip ip) {
        return new Ip(ip.low() == 0 ? ip.high() - 1 : ip.high(), ip.low() - 1);
    }
}
