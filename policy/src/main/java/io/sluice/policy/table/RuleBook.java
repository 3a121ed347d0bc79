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
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All policies in the order of evaluation, with equal peers and equal causes counted once. A peer's number is its
 * <em>feature</em>: what an address has if it matches the peer.
 */
final class RuleBook {
    /** The number of {@link Cause.NoPolicy}. */
    static final int NO_POLICY = 0;

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

    /** What a policy says about a direction. */
    private record Compiled(boolean isolates, List<Clause> inOrder, List<Clause> denials, List<Clause> permissions) {}

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

    /** The distinct peers but for those that match everything, by feature. */
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
     * What policies that speak of one direction make of a connection, as clauses of which the first that matches
     * counts.
     *
     * @param together by number, ascending, which is the order of evaluation
     * @param meaning of port names on the subject, for ingress
     */
    Program program(
            Direction direction, int[] together, Map<PortMatch.Named, Set<TrafficRange>> meaning, Relation relation) {
        List<List<Clause>> stages = new ArrayList<>();
        for (int i = 0; i < together.length; ) {
            Tier tier = policies.get(together[i]).tier();
            List<Compiled> speaking = new ArrayList<>();
            List<PolicyId> isolating = new ArrayList<>();
            for (; i < together.length && policies.get(together[i]).tier().equals(tier); i++) {
                Compiled policy = compiled(direction, together[i]).orElseThrow();
                speaking.add(policy);
                if (policy.isolates) {
                    isolating.add(policies.get(together[i]).id());
                }
            }
            if (relation != Relation.OTHER && tier.sparesSelfAndOwnNode()) {
                stages.add(List.of(Clause.always(relation == Relation.SELF ? self : ownNode)));
                break;
            }
            List<Clause> clauses = new ArrayList<>();
            switch (tier.combining()) {
                case FIRST_MATCH -> speaking.forEach(policy -> clauses.addAll(policy.inOrder));
                case DENY_OVERRIDES -> {
                    speaking.forEach(policy -> clauses.addAll(policy.denials));
                    speaking.forEach(policy -> clauses.addAll(policy.permissions));
                    if (!isolating.isEmpty()) {
                        clauses.add(Clause.always(isolation(tier, isolating)));
                    }
                }
            }
            stages.add(
                    direction == Direction.EGRESS
                            ? clauses
                            : clauses.stream().map(clause -> clause.on(meaning)).toList());
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
            if (rule.peers().isEmpty() || rule.ports().isEmpty()) {
                continue;
            }
            RuleRef ref = new RuleRef(policy, section.direction(), i);
            Clause clause = clause(rule, section.direction(), cause(ref, rule.action()));
            inOrder.add(clause);
            switch (rule.action()) {
                case ALLOW -> permissions.add(clause);
                case DENY -> denials.add(clause);
                case PASS -> {}
            }
        }
        return new Compiled(section.isolates(), inOrder, denials, permissions);
    }

    private int cause(RuleRef ref, Action action) {
        return switch (action) {
            case ALLOW -> add(new Cause.ByRule(ref, Verdict.ALLOW));
            case DENY -> add(new Cause.ByRule(ref, Verdict.DENY));
            case PASS -> {
                passes.add(ref);
                yield -passes.size();
            }
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
        boolean anyPeer = rule.peers().stream().anyMatch(Peer.Everything.class::isInstance);
        int[] about = anyPeer
                ? new int[0]
                : rule.peers().stream().mapToInt(this::feature).distinct().toArray();
        return new Clause(cause, anyPeer, about, Intervals.of(ranges), named);
    }

    private int feature(Peer peer) {
        return features.computeIfAbsent(peer, _ -> {
            peers.add(peer);
            return peers.size() - 1;
        });
    }
}
