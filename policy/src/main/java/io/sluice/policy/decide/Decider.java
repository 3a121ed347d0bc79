package io.sluice.policy.decide;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The reference: decides by reading every policy in order, and keeps the whole trace.
 *
 * <p>For each direction the subject is the end that the policies are applied to: the destination for ingress, the
 * source for egress. A subject that is no pod with its own network is subject to nothing; a pod that talks to itself
 * directly never leaves itself. Otherwise the tiers are asked in order ({@link Tier#compareTo}) and the first that
 * decides ends it; if none does, the connection is allowed.
 *
 * <p>In a tier the policies that speak of the subject in this direction come by {@link Policy#EVALUATION_ORDER}:
 *
 * <ul>
 *   <li>An ordered policy: whom it spares is allowed; else its rules in order, and the first that matches decides. PASS
 *       leaves the tier. Where another policy of the same priority would have decided otherwise and the API does not say
 *       which counts, the trace says so.
 *   <li>Policies that are combined, all of one priority together: the first matching DENY decides; else whom any of them
 *       spares is allowed; else the first matching ALLOW decides. PASS decides nothing here.
 *   <li>At the end of the tier, a subject that any of its policies isolates is denied by all those that do; else the tier
 *       is silent.
 * </ul>
 */
public final class Decider {
    private final Snapshot snapshot;
    private final Connection connection;
    private final Direction direction;
    private final List<Step> trace = new ArrayList<>();

    private Decider(Snapshot snapshot, Connection connection, Direction direction) {
        this.snapshot = snapshot;
        this.connection = connection;
        this.direction = direction;
    }

    /**
     * Decides both directions of a connection.
     *
     * @throws IllegalArgumentException if a pod of the connection lies in a namespace that the snapshot does not have
     */
    public static Decision decide(Snapshot snapshot, Connection connection) {
        Connection standing = new Connection(
                Matching.standing(connection.from(), snapshot),
                Matching.standing(connection.to(), snapshot),
                connection.protocol(),
                connection.port(),
                connection.hairpin());
        return new Decision(
                connection,
                new Decider(snapshot, standing, Direction.EGRESS).decide(),
                new Decider(snapshot, standing, Direction.INGRESS).decide());
    }

    private DirectionDecision decide() {
        Cause cause = cause();
        trace.add(new Step.Decided(cause));
        return new DirectionDecision(direction, cause, trace);
    }

    private Cause cause() {
        if (!(connection.subject(direction) instanceof Party.OfPod of)) {
            return new Cause.NotASubject();
        }
        boolean self = connection.peer(direction) instanceof Party.OfPod peer
                && peer.pod().isSame(of.pod());
        if (self && !connection.hairpin()) {
            // "A Pod cannot block access to itself"; network-policy-api: pod to own pod IP is not subject to CNP.
            return new Cause.Self();
        }
        return new Judging(of.pod(), self).cause();
    }

    /** The judgement of a pod, which is the subject. */
    private final class Judging {
        private final Pod subject;
        private final boolean self;

        Judging(Pod subject, boolean self) {
            this.subject = subject;
            this.self = self;
        }

        Cause cause() {
            Map<Tier, List<Policy>> byTier = new LinkedHashMap<>();
            snapshot.policies().stream()
                    .sorted(Policy.EVALUATION_ORDER)
                    .forEach(p -> byTier.computeIfAbsent(p.tier(), _ -> new ArrayList<>())
                            .add(p));
            for (Map.Entry<Tier, List<Policy>> tier : byTier.entrySet()) {
                List<Policy> speaking = tier.getValue().stream()
                        .filter(p -> p.section(direction).isPresent())
                        .filter(p -> Matching.selects(p, subject, snapshot))
                        .toList();
                Outcome outcome = judge(tier.getKey(), speaking);
                if (outcome instanceof Outcome.Decided(Cause cause)) {
                    return cause;
                }
            }
            return new Cause.NoPolicy();
        }

        /** The answer of a tier. */
        private Outcome judge(Tier tier, List<Policy> speaking) {
            for (int i = 0; i < speaking.size(); ) {
                Policy first = speaking.get(i);
                int end = i + 1;
                while (end < speaking.size() && speaking.get(end).isCombinedWith(first)) {
                    end++;
                }
                Outcome outcome = first.combining().isOrdered()
                        ? inOrder(first, speaking.subList(end, speaking.size()))
                        : combined(speaking.subList(i, end));
                if (!(outcome instanceof Outcome.Undecided)) {
                    return outcome;
                }
                i = end;
            }
            List<PolicyId> isolating = speaking.stream()
                    .filter(p -> section(p).isolates())
                    .map(Policy::id)
                    .toList();
            if (!isolating.isEmpty()) {
                return new Outcome.Decided(new Cause.Isolated(tier.name(), isolating));
            }
            trace.add(new Step.TierSilent(tier.name()));
            return new Outcome.Undecided();
        }

        private Outcome inOrder(Policy policy, List<Policy> later) {
            Optional<Cause> spared = spared(List.of(policy));
            if (spared.isPresent()) {
                return new Outcome.Decided(spared.get());
            }
            Optional<RuleRef> match = firstMatch(policy);
            if (match.isEmpty()) {
                return new Outcome.Undecided();
            }
            RuleRef taken = match.get();
            if (policy.combining() == Combining.FIRST_MATCH) {
                for (Policy rival : later) {
                    if (rival.combining() == Combining.FIRST_MATCH && rival.priority() == policy.priority()) {
                        firstMatch(rival)
                                .filter(r -> r.rule().action() != taken.rule().action())
                                .ifPresent(r -> trace.add(new Step.Ambiguous(taken, r)));
                    }
                }
            }
            return switch (taken.rule().action()) {
                case ALLOW -> new Outcome.Decided(new Cause.ByRule(taken, Verdict.ALLOW));
                case DENY -> new Outcome.Decided(new Cause.ByRule(taken, Verdict.DENY));
                case PASS -> {
                    trace.add(new Step.Passed(taken));
                    yield new Outcome.Passed();
                }
                case LOG -> throw new IllegalStateException("a rule that logs matches nothing");
            };
        }

        private Optional<RuleRef> firstMatch(Policy policy) {
            return rules(policy).stream().filter(this::matches).findFirst();
        }

        private Outcome combined(List<Policy> group) {
            Optional<Cause> spared = spared(group);
            @Nullable RuleRef denial = null;
            @Nullable RuleRef permission = null;
            for (Policy policy : group) {
                for (RuleRef ref : rules(policy)) {
                    Action action = ref.rule().action();
                    // Whom the group spares, only a denial can keep out: the other rules need no reading.
                    if ((spared.isEmpty() || action == Action.DENY) && matches(ref)) {
                        denial = denial == null && action == Action.DENY ? ref : denial;
                        permission = permission == null && action == Action.ALLOW ? ref : permission;
                    }
                }
            }
            if (denial != null) {
                return new Outcome.Decided(new Cause.ByRule(denial, Verdict.DENY));
            }
            if (spared.isPresent()) {
                return new Outcome.Decided(spared.get());
            }
            return permission != null
                    ? new Outcome.Decided(new Cause.ByRule(permission, Verdict.ALLOW))
                    : new Outcome.Undecided();
        }

        /** The rules of a policy that are about the subject. */
        private List<RuleRef> rules(Policy policy) {
            List<Rule> rules = section(policy).rules();
            if (rules.isEmpty()) {
                trace.add(new Step.NoRules(policy.id()));
            }
            return IntStream.range(0, rules.size())
                    .filter(i -> Matching.isAbout(rules.get(i), subject, snapshot))
                    .mapToObj(i -> new RuleRef(policy, direction, i))
                    .toList();
        }

        private Optional<Cause> spared(List<Policy> policies) {
            if (self) {
                return spares(policies, Spared.SELF) ? Optional.of(new Cause.Self()) : Optional.empty();
            }
            return connection.peer(direction) instanceof Party.OfNode peer
                            && peer.node().runs(subject)
                            && spares(policies, Spared.OWN_NODE)
                    ? Optional.of(new Cause.OwnNode())
                    : Optional.empty();
        }

        private boolean spares(List<Policy> policies, Spared peer) {
            return policies.stream().anyMatch(p -> section(p).spares().contains(peer));
        }

        private boolean matches(RuleRef ref) {
            Rule rule = ref.rule();
            Step.RuleTried tried = new Step.RuleTried(
                    ref,
                    Matching.peerMatches(rule, subject, connection.peer(direction), snapshot),
                    // A name is looked up on the destination, whoever the subject is.
                    Matching.portMatches(rule, connection.to(), connection.protocol(), connection.trafficKey()));
            trace.add(tried);
            return tried.matches();
        }

        private Section section(Policy policy) {
            return policy.section(direction).orElseThrow();
        }
    }

    /** What a policy, or a tier, makes of the connection. */
    private sealed interface Outcome {
        record Decided(Cause cause) implements Outcome {}

        /** A PASS rule matched: the next tier is asked. */
        record Passed() implements Outcome {}

        record Undecided() implements Outcome {}
    }
}
