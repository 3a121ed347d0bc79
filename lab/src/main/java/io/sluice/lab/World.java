package io.sluice.lab;

import io.sluice.lab.RulePorts.Port;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What lies beyond the cluster's nodes: a host that holds addresses which policies tell apart.
 *
 * <p>The bounds of all prefixes and exceptions of all policies cut each family's addresses into regions inside which no
 * policy sees a difference. The first and the last address of each region stand for it: so the inside, each exception
 * and the last address before and the first after a block are all tried. With very many regions the first alone does.
 */
public final class World {
    /** Every pod is tried with every address, so this bounds the work. */
    private static final int MANY = 48;

    /** Addresses that no policy is expected to name (RFC 5737, RFC 3849): they are there in any case. */
    private static final List<Ip> ANONYMOUS = List.of(Ip.parse("203.0.113.77"), Ip.parse("2001:db8::77"));

    /** Not for hosts, or not forwarded, or the lab's own. */
    private static final List<Cidr> RESERVED = Stream.of(
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "169.254.1.1/32",
                    "169.254.1.2/32",
                    "224.0.0.0/3",
                    "::/8",
                    "fe80::/9",
                    "ff00::/8")
            .map(Cidr::parse)
            .toList();

    private static final List<Cidr> CLUSTER = List.of(
            Placement.PODS_V4,
            Placement.PODS_V6,
            Placement.NODES_V4,
            Placement.NODES_V6,
            Placement.SERVICES_V4,
            Placement.SERVICES_V6);

    private World() {}

    /** The addresses that the world holds, IPv4 first, ascending. */
    public static List<Ip> addresses(Snapshot placed) {
        return addresses(placed, List.of());
    }

    /**
     * The same where somebody tells more blocks apart than the policies do.
     *
     * @param more these blocks, each of which is cut out of its region
     */
    public static List<Ip> addresses(Snapshot placed, Collection<Cidr> more) {
        List<Cidr> excluded = new ArrayList<>(RESERVED);
        excluded.addAll(CLUSTER);
        placed.pods().forEach(p -> p.ips().forEach(ip -> excluded.add(Cidr.of(ip))));
        placed.nodes().forEach(n -> n.ips().forEach(ip -> excluded.add(Cidr.of(ip))));
        placed.services().forEach(s -> s.clusterIps().forEach(ip -> excluded.add(Cidr.of(ip))));
        List<Cidr> named = named(placed);
        named.addAll(more);
        TreeSet<Ip> found = new TreeSet<>();
        for (Cidr family : List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"))) {
            List<Cidr> ours =
                    named.stream().filter(c -> c.isV4() == family.isV4()).toList();
            if (!ours.isEmpty()) {
                List<Region> regions = regions(family, ours);
                int each = regions.size() <= MANY ? 2 : 1;
                regions.forEach(r -> ends(r, excluded).stream().limit(each).forEach(found::add));
            }
        }
        ANONYMOUS.stream()
                .filter(ip -> excluded.stream().noneMatch(c -> c.contains(ip)))
                .forEach(found::add);
        return Stream.concat(found.stream().filter(Ip::isV4), found.stream().filter(ip -> !ip.isV4()))
                .toList();
    }

    /** The ports that rules name for addresses, and one that none names: what the world listens on. */
    public static SortedSet<Port> ports(Snapshot placed) {
        SortedSet<Port> ports = new TreeSet<>();
        for (Policy policy : placed.policies()) {
            for (Rule rule :
                    policy.section(Direction.EGRESS).map(Section::rules).orElse(List.of())) {
                if (rule.peers().stream().anyMatch(World::mayBeAddress)) {
                    ports.addAll(RulePorts.of(rule.ports(), List.of()));
                }
            }
        }
        ports.removeIf(p -> !p.hasSocket());
        int canary = IntStream.rangeClosed(7777, 65535)
                .filter(n -> ports.stream().noneMatch(p -> p.number() == n))
                .findFirst()
                .orElseThrow();
        ports.add(new Port(Protocol.TCP, canary));
        return ports;
    }

    private static boolean mayBeAddress(Peer peer) {
        return switch (peer) {
            case Peer.Everything _, Peer.Network _, Peer.World _, Peer.Domain _, Peer.Not _ -> true;
            case Peer.Pods _, Peer.Nodes _, Peer.OwnNode _ -> false;
            case Peer.All(List<Peer> parts) -> parts.stream().allMatch(World::mayBeAddress);
            case Peer.Any(List<Peer> parts) -> parts.stream().anyMatch(World::mayBeAddress);
        };
    }

    /** Every prefix and exception of every policy. */
    static List<Cidr> named(Snapshot placed) {
        List<Cidr> named = new ArrayList<>();
        networks(placed).forEach(n -> {
            named.add(n.cidr());
            named.addAll(n.except());
        });
        return named;
    }

    private static List<Peer.Network> networks(Snapshot snapshot) {
        return snapshot.policies().stream()
                .flatMap(p -> p.sections().stream())
                .flatMap(s -> s.rules().stream())
                .flatMap(r -> r.peers().stream().flatMap(Peer::leaves))
                .filter(Peer.Network.class::isInstance)
                .map(Peer.Network.class::cast)
                .distinct()
                .toList();
    }

    private record Region(Ip first, Ip last) {}

    private static List<Region> regions(Cidr family, List<Cidr> named) {
        TreeSet<Ip> starts = new TreeSet<>(List.of(family.base()));
        for (Cidr cidr : named) {
            starts.add(cidr.base());
            if (!cidr.last().equals(family.last())) {
                starts.add(next(cidr.last()));
            }
        }
        List<Region> regions = new ArrayList<>();
        for (Ip start : starts) {
            Ip after = starts.higher(start);
            regions.add(new Region(start, after == null ? family.last() : previous(after)));
        }
        return regions;
    }

    /** The outermost addresses of the region that the world may hold. */
    private static List<Ip> ends(Region region, List<Cidr> excluded) {
        Optional<Ip> first = step(region, region.first, excluded, true);
        Optional<Ip> last = step(region, region.last, excluded, false);
        return Stream.concat(first.stream(), last.stream()).distinct().toList();
    }

    private static Optional<Ip> step(Region region, Ip start, List<Cidr> excluded, boolean up) {
        Ip at = start;
        while (true) {
            Ip here = at;
            Optional<Cidr> obstacle =
                    excluded.stream().filter(c -> c.contains(here)).findFirst();
            if (obstacle.isEmpty()) {
                return Optional.of(here);
            }
            Ip edge = up ? obstacle.get().last() : obstacle.get().base();
            boolean end = up ? edge.compareTo(region.last) >= 0 : edge.compareTo(region.first) <= 0;
            if (end) {
                return Optional.empty();
            }
            at = up ? next(edge) : previous(edge);
        }
    }

    private static Ip next(Ip ip) {
        return AddressPool.plus(ip, 1);
    }

    private static Ip previous(Ip ip) {
        return new Ip(ip.low() == 0 ? ip.high() - 1 : ip.high(), ip.low() - 1);
    }
}
