package io.sluice.policy.table;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * All policies in the order of evaluation, with equal peers and equal causes counted once. A peer's number is its
 * <em>feature</em>: what an address has if it matches the peer.
 */
final class RuleBook {
    /** The number of {@link Cause.NoPolicy}. */
    static final int NO_POLICY = 0;

    /** The condition of a rule that is about all pods that its policy selects. */
    static final int UNCONDITIONAL = -1;

    private final List<Policy> policies;
    private final List<Peer> peers = new ArrayList<>();
    private final Map<Peer, Integer> features = new HashMap<>();
    private final List<Cause> causes = new ArrayList<>();
    private final List<RuleRef> passes = new ArrayList<>();
    private final Map<Cause, Integer> isolations = new HashMap<>();
    private final Map<Direction, List<Optional<Compiled>>> compiled = new EnumMap<>(Direction.class);
    private final Map<Direction, Set<PortMatch.Named>> names = new EnumMap<>(Direction.class);
    private final int self;
    private final int ownNode;

    /** Pods that conditional rules are about, by number. */
    private final List<Subject> conditions = new ArrayList<>();

    private final Map<Subject, Integer> conditionNumbers = new HashMap<>();

    /** What a policy says about a direction. */
    private record Compiled(
            Section section,
            List<Clause> inOrder,
            List<Clause> denials,
            List<Clause> permissions,
            boolean asksForOwnNode) {
        boolean spares(Relation relation) {
            return switch (relation) {
                case OTHER -> false;
                case SELF -> section.spares().contains(Spared.SELF);
                case OWN_NODE -> section.spares().contains(Spared.OWN_NODE);
            };
        }
    }

    RuleBook(List<Policy> unordered) {
        policies = unordered.stream().sorted(Policy.EVALUATION_ORDER).toList();
        add(new Cause.NoPolicy());
        self = add(new Cause.Self());
        ownNode = add(new Cause.OwnNode());
        for (Direction direction : Direction.values()) {
            names.put(direction, new LinkedHashSet<>());
            List<Optional<Compiled>> all = new ArrayList<>(policies.size());
            for (Policy policy : policies) {
                all.add(policy.section(direction).map(section -> compile(policy, section)));
            }
            compiled.put(direction, all);
        }
    }

    List<Policy> policies() {
        return policies;
    }

    /** The distinct peers that have a meaning of their own, by feature: what the others are made of. */
    List<Peer> peers() {
        return peers;
    }

    Cause cause(int number) {
        return causes.get(number);
    }

    /** The rule behind a cause's number, if one is; also of rules that pass. */
    Optional<RuleRef> rule(int number) {
        if (number < 0) {
            return Optional.of(passes.get(-number - 1));
        }
        return causes.get(number) instanceof Cause.ByRule(RuleRef rule, var _) ? Optional.of(rule) : Optional.empty();
    }

    /** The pods that conditional rules are about, by condition. */
    List<Subject> conditions() {
        return conditions;
    }

    /** The conditions that rules of some policies have, ascending. */
    BitSet conditions(int[] ofPolicies) {
        BitSet used = new BitSet();
        if (!conditions.isEmpty()) {
            for (int policy : ofPolicies) {
                for (Direction direction : Direction.values()) {
                    compiled(direction, policy)
                            .ifPresent(c -> c.inOrder.stream()
                                    .mapToInt(Clause::condition)
                                    .filter(condition -> condition != UNCONDITIONAL)
                                    .forEach(used::set));
                }
            }
        }
        return used;
    }

    /** The port names that the rules of a direction use. */
    Set<PortMatch.Named> names(Direction direction) {
        return names.getOrDefault(direction, Set.of());
    }

    /** The port names that the ingress rules of some policies use. */
    Set<PortMatch.Named> ingressNames(int[] ofPolicies) {
        Set<PortMatch.Named> used = new LinkedHashSet<>();
        for (int policy : ofPolicies) {
            compiled(Direction.INGRESS, policy)
                    .ifPresent(c -> c.inOrder.forEach(clause -> used.addAll(clause.names())));
        }
        return used;
    }

    /** Whether a policy says anything about a direction. */
    boolean speaks(Direction direction, int policy) {
        return compiled(direction, policy).isPresent();
    }

    private Optional<Compiled> compiled(Direction direction, int policy) {
        return compiled.getOrDefault(direction, List.of()).get(policy);
    }

    /**
     * What decides for a relation, of policies that speak of one direction: the same ones, or fewer where a relation is
     * spared, and the relation itself if it makes a difference.
     */
    record Concern(int[] policies, Relation relation) {}

    Concern concern(Direction direction, int[] together, Relation relation) {
        if (relation == Relation.OTHER) {
            return new Concern(together, relation);
        }
        for (int i = 0; i < together.length; i++) {
            if (compiled(direction, together[i]).orElseThrow().spares(relation)) {
                return new Concern(
                        canPassBefore(direction, together, i) ? together : sparing(direction, together, i), relation);
            }
        }
        boolean same = relation == Relation.SELF
                || Arrays.stream(together)
                        .noneMatch(policy -> compiled(direction, policy).orElseThrow().asksForOwnNode);
        return new Concern(together, same ? Relation.OTHER : relation);
    }

    /** Whether some traffic leaves the tier of a policy before it is asked. */
    private boolean canPassBefore(Direction direction, int[] together, int at) {
        Tier tier = policies.get(together[at]).tier();
        return Arrays.stream(together, 0, at)
                .filter(policy -> policies.get(policy).tier().equals(tier)
                        && policies.get(policy).combining().isOrdered())
                .anyMatch(policy -> compiled(direction, policy).orElseThrow().inOrder.stream()
                        .anyMatch(Clause::passes));
    }

    /** Those up to the one that spares, and the others that are combined with it and can deny before that. */
    private int[] sparing(Direction direction, int[] together, int at) {
        Policy sparing = policies.get(together[at]);
        int first = at;
        while (first > 0 && policies.get(together[first - 1]).isCombinedWith(sparing)) {
            first--;
        }
        IntStream.Builder out = IntStream.builder();
        for (int i = 0; i < together.length; i++) {
            boolean combined = i >= first && policies.get(together[i]).isCombinedWith(sparing);
            boolean denies = combined
                    && !compiled(direction, together[i]).orElseThrow().denials.isEmpty();
            if (i < first || i == at || denies) {
                out.add(together[i]);
            }
        }
        return out.build().toArray();
    }

    /**
     * What policies that speak of one direction make of a connection, as clauses of which the first that matches
     * counts.
     *
     * @param together by number, ascending, which is the order of evaluation
     * @param holding the conditions that the subject meets
     * @param meaning of port names on the subject, for ingress
     */
    Program program(
            Direction direction,
            int[] together,
            BitSet holding,
            Map<PortMatch.Named, Set<TrafficRange>> meaning,
            Relation relation) {
        List<List<Clause>> stages = new ArrayList<>();
        for (int i = 0; i < together.length; ) {
            Tier tier = policies.get(together[i]).tier();
            List<Clause> stage = new ArrayList<>();
            List<PolicyId> isolating = new ArrayList<>();
            while (i < together.length && policies.get(together[i]).tier().equals(tier)) {
                Policy first = policies.get(together[i]);
                List<Compiled> group = new ArrayList<>();
                do {
                    Compiled policy = compiled(direction, together[i]).orElseThrow();
                    group.add(policy);
                    if (policy.section.isolates()) {
                        isolating.add(policies.get(together[i]).id());
                    }
                    i++;
                } while (i < together.length && policies.get(together[i]).isCombinedWith(first));
                boolean spared = group.stream().anyMatch(policy -> policy.spares(relation));
                Clause sparing = Clause.always(relation == Relation.SELF ? self : ownNode);
                if (first.combining().isOrdered()) {
                    if (spared) {
                        stage.add(sparing);
                    }
                    stage.addAll(group.getFirst().inOrder);
                } else {
                    group.forEach(policy -> stage.addAll(policy.denials));
                    if (spared) {
                        stage.add(sparing);
                    }
                    group.forEach(policy -> stage.addAll(policy.permissions));
                }
            }
            if (!isolating.isEmpty()) {
                stage.add(Clause.always(isolation(tier, isolating)));
            }
            stages.add(stage.stream()
                    .filter(clause -> clause.condition() == UNCONDITIONAL || holding.get(clause.condition()))
                    .map(clause -> clause.on(relation == Relation.OWN_NODE))
                    .map(clause -> direction == Direction.EGRESS ? clause : clause.on(meaning))
                    .toList());
        }
        return new Program(stages);
    }

    private int isolation(Tier tier, List<PolicyId> isolating) {
        return isolations.computeIfAbsent(new Cause.Isolated(tier.name(), isolating), this::add);
    }

    private int add(Cause cause) {
        causes.add(cause);
        return causes.size() - 1;
    }

    private Compiled compile(Policy policy, Section section) {
        List<Clause> inOrder = new ArrayList<>();
        List<Clause> denials = new ArrayList<>();
        List<Clause> permissions = new ArrayList<>();
        for (int i = 0; i < section.rules().size(); i++) {
            Rule rule = section.rules().get(i);
            if (rule.peers().isEmpty() || rule.ports().isEmpty() || !rule.decides()) {
                continue;
            }
            RuleRef ref = new RuleRef(policy, section.direction(), i);
            Clause clause = clause(rule, section.direction(), cause(ref, rule.action()));
            inOrder.add(clause);
            switch (rule.action()) {
                case ALLOW -> permissions.add(clause);
                case DENY -> denials.add(clause);
                case PASS, LOG -> {}
            }
        }
        return new Compiled(
                section,
                inOrder,
                denials,
                permissions,
                inOrder.stream().anyMatch(clause -> clause.peers().asksForOwnNode()));
    }

    private int cause(RuleRef ref, Action action) {
        return switch (action) {
            case ALLOW -> add(new Cause.ByRule(ref, Verdict.ALLOW));
            case DENY -> add(new Cause.ByRule(ref, Verdict.DENY));
            case PASS -> {
                passes.add(ref);
                yield -passes.size();
            }
            case LOG -> throw new IllegalStateException("a rule that logs is no clause");
        };
    }

    private Clause clause(Rule rule, Direction direction, int cause) {
        List<TrafficRange> ranges = new ArrayList<>();
        List<PortMatch.Named> named = new ArrayList<>();
        for (PortMatch port : rule.ports()) {
            switch (port) {
                case PortMatch.Range(TrafficRange range) -> ranges.add(range);
                case PortMatch.Named name -> named.add(name);
            }
        }
        names(direction).addAll(named);
        return new Clause(
                cause,
                rule.only().map(this::condition).orElse(UNCONDITIONAL),
                any(rule.peers()),
                Intervals.of(ranges),
                named);
    }

    private int condition(Subject only) {
        return conditionNumbers.computeIfAbsent(only, _ -> {
            conditions.add(only);
            return conditions.size() - 1;
        });
    }

    private PeerTest any(List<Peer> peers) {
        return PeerTest.any(peers.stream().map(this::test).toList());
    }

    private PeerTest test(Peer peer) {
        return switch (peer) {
            case Peer.Everything() -> PeerTest.ALWAYS;
            case Peer.OwnNode() -> new PeerTest.OwnNode();
            case Peer.All(List<Peer> parts) ->
                new PeerTest.All(parts.stream().map(this::test).toList());
            case Peer.Any(List<Peer> parts) -> any(parts);
            case Peer.Not(Peer part) -> new PeerTest.Not(test(part));
            case Peer.Pods _, Peer.Network _, Peer.Nodes _, Peer.World _, Peer.Domain _ ->
                new PeerTest.OneOf(new int[] {feature(peer)});
        };
    }

    private int feature(Peer peer) {
        return features.computeIfAbsent(peer, _ -> {
            peers.add(peer);
            return peers.size() - 1;
        });
    }
}
