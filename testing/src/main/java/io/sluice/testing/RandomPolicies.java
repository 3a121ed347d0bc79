package io.sluice.testing;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Application;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Random policies of every tier, combining algorithm, action, peer and port match; in no particular order, with equal
 * priorities, without rules, isolating or not, sparing or not; rules about some of the pods only, rules that log, rules
 * for an application; peers made of peers. Also tiers that Kubernetes does not have, and every way of combining in each.
 */
final class RandomPolicies {
    private static final Tier EARLY = new Tier("Early", 500);
    private static final Tier LATE = new Tier("Late", 20_000_000);

    private final Chance chance;

    /** Below a hundred; most policies of a cluster are of one kind, so that they meet one another. */
    private final int favourite;

    private RandomPolicies(Chance chance) {
        this.chance = chance;
        favourite = chance.below(100);
    }

    static List<Policy> of(Chance chance, int count) {
        RandomPolicies policies = new RandomPolicies(chance);
        List<Policy> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(policies.policy("p" + i));
        }
        return chance.shuffled(out);
    }

    static Policy one(Chance chance, String name) {
        return new RandomPolicies(chance).policy(name);
    }

    private Policy policy(String name) {
        int kind = chance.percent(50) ? favourite : chance.below(100);
        if (kind < 45) {
            String namespace = chance.among(RandomCluster.NAMESPACES);
            return policy(
                    new PolicyId("NetworkPolicy", namespace, name),
                    Tier.NETWORK_POLICY,
                    new Subject(new NamespaceMatch.Named(namespace), selected()));
        }
        Tier tier = kind < 70 ? Tier.ADMIN : kind < 90 ? Tier.BASELINE : kind < 95 ? EARLY : LATE;
        return policy(new PolicyId("ClusterPolicy", "", name), tier, new Subject(namespaceMatch(), selected()));
    }

    private Policy policy(PolicyId id, Tier tier, Subject subject) {
        boolean network = tier == Tier.NETWORK_POLICY;
        Combining combining = chance.percent(80)
                ? network ? Combining.DENY_OVERRIDES : Combining.FIRST_MATCH
                : chance.among(Combining.values());
        List<Section> sections = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            if (chance.percent(65)) {
                Set<Spared> spares = network && chance.percent(70)
                        ? Set.of(Spared.values())
                        : chance.percent(70) ? Set.of() : Set.of(chance.among(Spared.values()));
                sections.add(new Section(
                        direction, chance.percent(network ? 80 : 15), spares, chance.some(4, () -> rule(network))));
            }
        }
        return new Policy(
                id, SourcePosition.NONE, tier, chance.below(2), combining, subject, chance.shuffled(sections));
    }

    private Rule rule(boolean network) {
        Action action = network && chance.percent(75)
                ? Action.ALLOW
                : chance.among(Action.ALLOW, Action.DENY, Action.PASS, Action.ALLOW, Action.DENY, Action.LOG);
        List<Peer> peers = chance.percent(30) ? List.of(Peer.EVERYTHING) : chance.some(4, () -> peer(2));
        List<PortMatch> ports = chance.percent(50) ? List.of(PortMatch.EVERYTHING) : chance.some(6, this::port);
        return new Rule(
                "",
                action,
                peers,
                ports,
                SourcePosition.NONE,
                chance.percent(10) ? Optional.of(new Subject(namespaceMatch(), selector(1))) : Optional.empty(),
                chance.percent(5) ? Optional.of(new Application("HTTP", "GET /")) : Optional.empty());
    }

    /** @param depth how often it may be made of other peers */
    private Peer peer(int depth) {
        if (depth > 0 && chance.percent(15)) {
            return switch (chance.below(3)) {
                case 0 -> new Peer.All(chance.some(3, () -> peer(depth - 1)));
                case 1 -> new Peer.Any(chance.some(3, () -> peer(depth - 1)));
                default -> new Peer.Not(peer(depth - 1));
            };
        }
        return peer();
    }

    private Peer peer() {
        int kind = chance.below(100);
        if (kind < 50) {
            return new Peer.Pods(namespaceMatch(), selector(1));
        }
        if (kind < 60) {
            return new Peer.Nodes(selector(1));
        }
        if (kind < 63) {
            return Peer.EVERYTHING;
        }
        if (kind < 66) {
            return new Peer.OwnNode();
        }
        if (kind < 69) {
            return new Peer.World();
        }
        if (kind < 72) {
            return new Peer.Domain(new DomainPattern(
                    chance.among("*.example.com", "api.example.com", "*"),
                    chance.among(DomainPattern.Wildcard.values())));
        }
        Cidr block = cidr(0);
        return new Peer.Network(block, chance.some(2, () -> cidr(block.length())));
    }

    private Cidr cidr(int least) {
        boolean v4 = chance.percent(65);
        Ip base = RandomCluster.podAddress(chance, v4);
        int bits = base.bits();
        int from = Math.min(bits, Math.max(least, bits - 5));
        return new Cidr(base, chance.percent(15) ? 0 : chance.between(from, bits));
    }

    private Selector selected() {
        return chance.percent(40) ? Selector.ALL : selector(1);
    }

    private NamespaceMatch namespaceMatch() {
        if (chance.percent(30)) {
            return NamespaceMatch.EVERY;
        }
        return chance.percent(40)
                ? new NamespaceMatch.Named(chance.among(RandomCluster.NAMESPACES))
                : new NamespaceMatch.Labelled(selector(1));
    }

    private Selector selector(int depth) {
        int kind = chance.below(depth > 0 ? 11 : 7);
        String key = chance.percent(85) ? chance.among("app", "tier") : chance.among(Pod.ACCOUNT, Pod.NAMESPACE);
        return switch (kind) {
            case 0, 1 -> Selector.ALL;
            case 2 -> new Selector.Has(key);
            case 3, 4 -> new Selector.In(key, Set.of(chance.among("web", "db", "")));
            case 5 -> new Selector.In(key, Set.of("web", "db"));
            case 6 ->
                new Selector.Text(
                        key, chance.among(Selector.Text.Where.values()), chance.among("", "b", "we", "eb", "web"));
            case 7, 8 -> new Selector.Not(selector(depth - 1));
            case 9 -> new Selector.All(chance.some(2, () -> selector(depth - 1)));
            default -> new Selector.Any(chance.some(2, () -> selector(depth - 1)));
        };
    }

    private PortMatch port() {
        Protocol protocol = chance.among(Protocol.TCP, Protocol.UDP, Protocol.SCTP);
        return switch (chance.below(8)) {
            case 0 -> new PortMatch.Named(chance.among(RandomCluster.PORT_NAMES), protocol);
            case 1 -> new PortMatch.Named(chance.among(RandomCluster.PORT_NAMES), null);
            case 2 -> new PortMatch.Range(TrafficRange.of(chance.among(protocol, Protocol.ICMP)));
            case 3 -> PortMatch.port(Protocol.ICMP, chance.among(0, 8) << 8);
            case 4 -> {
                List<Integer> ends = new ArrayList<>(List.of(chance.among(0, 1, 53, 79), chance.among(80, 81, 65_535)));
                Collections.sort(ends);
                yield new PortMatch.Range(TrafficRange.ports(protocol, ends.get(0), ends.get(1)));
            }
            default -> PortMatch.port(protocol, chance.among(53, 80, 81, 8080));
        };
    }
}
