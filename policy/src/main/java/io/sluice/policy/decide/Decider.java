package io.sluice.policy.decide;

import io.sluice.policy.model.Action;
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
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reference: decides by reading every policy in order, and keeps the whole trace.
 *
 * <p>For each direction the subject is the end that the policies are applied to: the destination for ingress, the
 * source for egress. A subject that is no pod with its own network is subject to nothing; a pod that talks to itself
 * directly never leaves itself. Otherwise the tiers are asked in order ({@link Tier#compareTo}) and the first that
 * decides ends it; if none does, the connection is allowed.
 *
 * <ul>
 *   <li>FIRST_MATCH: policies by priority, then by id; rules in order; the first that matches decides. PASS leaves the
 *       tier. Where another policy of the same priority would have decided otherwise, the trace says so.
 *   <li>DENY_OVERRIDES: policies by id. The first matching DENY decides, else the first matching ALLOW, else isolation
 *       by every policy that isolates the subject, else the tier is silent. PASS decides nothing here.
 *   <li>In a tier that {@link Tier#sparesSelfAndOwnNode()}, a policy that speaks of the subject in this direction
 *       cannot keep it from itself (reached through a Service) nor from the node it runs on: that is the answer of the
 *       tier before any of its rules is read. Where no policy speaks of the subject the tier is silent for them too.
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
        Pod subject = of.pod();
        boolean self = connection.peer(direction) instanceof Party.OfPod peer
                && peer.pod().isSame(subject);
        if (self && !connection.hairpin()) {
            // "A Pod cannot block access to itself"; network-policy-api: pod to own pod IP is not subject to CNP.
            return new Cause.Self();
        }
        for (Map.Entry<Tier, List<Policy>> tier : policiesByTier().entrySet()) {
            List<Policy> speaking = tier.getValue().stream()
                    .filter(p -> p.section(direction).isPresent())
                    .filter(p -> Matching.selects(p, subject, snapshot))
                    .toList();
            Optional<Cause> decided = judge(tier.getKey(), speaking, self, subject);
            if (decided.isPresent()) {
                return decided.get();
            }
        }
        return new Cause.NoPolicy();
    }

    private Map<Tier, List<Policy>> policiesByTier() {
        Map<Tier, List<Policy>> byTier = new LinkedHashMap<>();
        snapshot.policies().stream()
                .sorted(Policy.EVALUATION_ORDER)
                .forEach(p ->
                        byTier.computeIfAbsent(p.tier(), _ -> new ArrayList<>()).add(p));
        return byTier;
    }

    /** The answer of a tier; none if the next tier is to be asked. */
    private Optional<Cause> judge(Tier tier, List<Policy> speaking, boolean self, Pod subject) {
        if (tier.sparesSelfAndOwnNode() && !speaking.isEmpty()) {
            if (self) {
                return Optional.of(new Cause.Self());
            }
            if (connection.peer(direction) instanceof Party.OfNode peer
                    && peer.node().runs(subject)) {
                // "traffic to and from the node where a Pod is running is always allowed"
                return Optional.of(new Cause.OwnNode());
            }
        }
        return switch (tier.combining()) {
            case FIRST_MATCH -> firstMatch(tier, speaking);
            case DENY_OVERRIDES -> denyOverrides(tier, speaking);
        };
    }

    private Optional<Cause> firstMatch(Tier tier, List<Policy> speaking) {
        for (int i = 0; i < speaking.size(); i++) {
            Optional<RuleRef> match = firstMatch(speaking.get(i));
            if (match.isEmpty()) {
                continue;
            }
            RuleRef taken = match.get();
            for (Policy rival : speaking.subList(i + 1, speaking.size())) {
                if (rival.priority() == taken.policy().priority()) {
                    firstMatch(rival)
                            .filter(r -> r.rule().action() != taken.rule().action())
                            .ifPresent(r -> trace.add(new Step.Ambiguous(taken, r)));
                }
            }
            return switch (taken.rule().action()) {
                case ALLOW -> Optional.of(new Cause.ByRule(taken, Verdict.ALLOW));
                case DENY -> Optional.of(new Cause.ByRule(taken, Verdict.DENY));
                case PASS -> {
                    trace.add(new Step.Passed(taken));
                    yield Optional.empty();
                }
            };
        }
        trace.add(new Step.TierSilent(tier.name()));
        return Optional.empty();
    }

    private Optional<RuleRef> firstMatch(Policy policy) {
        List<Rule> rules = section(policy).rules();
        if (rules.isEmpty()) {
            trace.add(new Step.NoRules(policy.id()));
        }
        for (int i = 0; i < rules.size(); i++) {
            RuleRef ref = new RuleRef(policy, direction, i);
            if (matches(ref)) {
                return Optional.of(ref);
            }
        }
        return Optional.empty();
    }

    private Optional<Cause> denyOverrides(Tier tier, List<Policy> speaking) {
        @Nullable RuleRef denial = null;
        @Nullable RuleRef permission = null;
        List<PolicyId> isolating = new ArrayList<>();
        for (Policy policy : speaking) {
            Section section = section(policy);
            if (section.isolates()) {
                isolating.add(policy.id());
            }
            if (section.rules().isEmpty()) {
                trace.add(new Step.NoRules(policy.id()));
            }
            for (int i = 0; i < section.rules().size(); i++) {
                RuleRef ref = new RuleRef(policy, direction, i);
                if (matches(ref)) {
                    Action action = ref.rule().action();
                    denial = denial == null && action == Action.DENY ? ref : denial;
                    permission = permission == null && action == Action.ALLOW ? ref : permission;
                }
            }
        }
        if (denial != null) {
            return Optional.of(new Cause.ByRule(denial, Verdict.DENY));
        }
        if (permission != null) {
            return Optional.of(new Cause.ByRule(permission, Verdict.ALLOW));
        }
        if (!isolating.isEmpty()) {
            return Optional.of(new Cause.Isolated(tier.name(), isolating));
        }
        trace.add(new Step.TierSilent(tier.name()));
        return Optional.empty();
    }

    private boolean matches(RuleRef ref) {
        Rule rule = ref.rule();
        Step.RuleTried tried = new Step.RuleTried(
                ref,
                Matching.peerMatches(rule, connection.peer(direction), snapshot),
                // A name is looked up on the destination, whoever the subject is.
                Matching.portMatches(rule, connection.to(), connection.protocol(), connection.trafficKey()));
        trace.add(tried);
        return tried.matches();
    }

    private Section section(Policy policy) {
        return policy.section(direction).orElseThrow();
    }
}
