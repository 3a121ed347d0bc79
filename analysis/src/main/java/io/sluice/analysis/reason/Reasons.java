package io.sluice.analysis.reason;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what a cause means, for the policies of one snapshot. */
public final class Reasons {
    private static final int NAMED_POLICIES = 3;

    private final Map<PolicyId, Policy> policies = new HashMap<>();

    public Reasons(Snapshot snapshot) {
        snapshot.policies().forEach(policy -> policies.putIfAbsent(policy.id(), policy));
    }

    /**
     * A policy that bears a verdict.
     *
     * @param rule such as {@code ingress[0]} or {@code ingress[0] "name"}; empty where no rule matched and the policy
     *     isolates its subject
     */
    public record Bearer(Direction direction, PolicyId policy, String rule, SourcePosition position) {}

    /** The policies that bear a verdict; none where no policy had a say. */
    public List<Bearer> bearers(Direction direction, Cause cause) {
        return switch (cause) {
            case Cause.ByRule(RuleRef ref, var _) ->
                List.of(new Bearer(
                        direction, ref.policy().id(), ruleText(ref), ref.rule().position()));
            case Cause.Isolated(var _, List<PolicyId> isolating) ->
                isolating.stream()
                        .map(id -> new Bearer(direction, id, "", position(id)))
                        .toList();
            case Cause.NoPolicy(), Cause.NotASubject(), Cause.Self(), Cause.OwnNode() -> List.of();
        };
    }

    /** One sentence without a full stop. */
    public String sentence(Direction direction, Cause cause) {
        return direction + " "
                + switch (cause) {
                    case Cause.ByRule(RuleRef ref, Verdict verdict) ->
                        (verdict == Verdict.ALLOW ? "allowed" : "denied") + " by "
                                + ref.policy().id() + " " + ruleText(ref);
                    case Cause.Isolated(var _, List<PolicyId> isolating) ->
                        "denied: no rule allows it, and it is isolated by " + names(isolating);
                    case Cause.NoPolicy() -> "allowed: no policy has a say";
                    case Cause.NotASubject() ->
                        "allowed: " + unjudged(direction) + " is not a pod with a network of its own";
                    case Cause.Self() -> "allowed: a pod is never kept from itself";
                    case Cause.OwnNode() -> "allowed: traffic between a pod and its own node is always allowed";
                };
    }

    private static String unjudged(Direction direction) {
        return switch (direction) {
            case INGRESS -> "the destination";
            case EGRESS -> "the source";
        };
    }

    public static String ruleText(RuleRef ref) {
        String place = ref.direction() + "[" + ref.index() + "]";
        return ref.rule().name().isEmpty() ? place : place + " \"" + ref.rule().name() + "\"";
    }

    public SourcePosition position(PolicyId id) {
        Policy policy = policies.get(id);
        return policy == null ? SourcePosition.NONE : policy.position();
    }

    private static String names(List<PolicyId> ids) {
        String named = String.join(
                ", ", ids.stream().limit(NAMED_POLICIES).map(PolicyId::toString).toList());
        int more = ids.size() - NAMED_POLICIES;
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
