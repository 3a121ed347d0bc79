package io.sluice.analysis.explain;

import io.sluice.analysis.reason.RuleWords;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import java.util.List;

/** Edits that together might deny what one direction allowed: every rule that allows it is taken back. */
final class Closing {
    private final Snapshot snapshot;
    private final Reach reach;

    Closing(Snapshot snapshot, Reach reach) {
        this.snapshot = snapshot;
        this.reach = reach;
    }

    List<Edit> edits(Decision decision, DirectionDecision allowed) {
        Connection connection = decision.connection();
        return switch (allowed.cause()) {
            case Cause.ByRule(RuleRef decisive, var _) ->
                Step.tried(allowed.trace()).stream()
                        .filter(Step.RuleTried::matches)
                        .map(Step.RuleTried::rule)
                        .filter(ref -> ref.rule().action() == Action.ALLOW
                                && ref.policy().tier().equals(decisive.policy().tier()))
                        .map(ref -> taken(ref, connection))
                        .toList();
            case Cause.NoPolicy() -> isolate(connection, allowed.direction());
            case Cause.Isolated _, Cause.NotASubject(), Cause.Self(), Cause.OwnNode() -> List.of();
        };
    }

    /** The least of: the ports that match, the peers that match, the whole rule. */
    private Edit taken(RuleRef ref, Connection connection) {
        Rule rule = ref.rule();
        List<PortMatch> otherPorts = rule.ports().stream()
                .filter(port -> !matches(ref, rule.peers(), List.of(port), connection))
                .toList();
        List<Peer> otherPeers = rule.peers().stream()
                .filter(peer -> !matches(ref, List.of(peer), rule.ports(), connection))
                .toList();
        long subjects = Math.max(1, reach.subjects(ref.policy()));
        long portsOnly = otherPorts.isEmpty()
                ? Long.MAX_VALUE
                : reach.peers(rule.peers()) * (Reach.ports(rule.ports()) - Reach.ports(otherPorts));
        long peersOnly = otherPeers.isEmpty()
                ? Long.MAX_VALUE
                : (reach.peers(rule.peers()) - reach.peers(otherPeers)) * Reach.ports(rule.ports());
        String place = ref.policy().id() + " " + ref.direction() + "[" + ref.index() + "]";
        if (portsOnly == Long.MAX_VALUE && peersOnly == Long.MAX_VALUE) {
            long all = Math.max(1, reach.peers(rule.peers())) * Reach.ports(rule.ports());
            return edit(ref, List.of(), rule.ports(), "remove " + place, subjects * all);
        }
        return portsOnly <= peersOnly
                ? edit(
                        ref,
                        rule.peers(),
                        otherPorts,
                        "take the port out of " + place + ": " + RuleWords.ports(without(rule.ports(), otherPorts)),
                        subjects * portsOnly)
                : edit(
                        ref,
                        otherPeers,
                        rule.ports(),
                        "take the peer out of " + place + ": " + RuleWords.peers(without(rule.peers(), otherPeers)),
                        subjects * peersOnly);
    }

    private static <T> List<T> without(List<T> all, List<T> some) {
        return all.stream().filter(one -> !some.contains(one)).toList();
    }

    /** Asks the decider about the rule with fewer peers or ports, alone. */
    private boolean matches(RuleRef ref, List<Peer> peers, List<PortMatch> ports, Connection connection) {
        Rule rule = ref.rule();
        Policy alone = Edit.withRules(
                ref.policy(), ref.direction(), List.of(rule.withPeers(peers).withPorts(ports)));
        Decision decision = Decider.decide(snapshot.withPolicies(List.of(alone)), connection);
        DirectionDecision direction = ref.direction() == Direction.EGRESS ? decision.egress() : decision.ingress();
        return direction.verdict() == Verdict.ALLOW && direction.cause() instanceof Cause.ByRule;
    }

    private static Edit edit(RuleRef ref, List<Peer> peers, List<PortMatch> ports, String summary, long cost) {
        Rule rule = ref.rule();
        return Edit.replace(
                ref.policy(),
                ref.index(),
                rule.withPeers(peers).withPorts(ports),
                new Change(
                        ref.direction(),
                        summary,
                        rule.position(),
                        "",
                        cost > 1 ? "other connections that only this allows are closed with it" : ""),
                cost);
    }

    private List<Edit> isolate(Connection connection, Direction direction) {
        if (!(connection.subject(direction) instanceof Party.OfPod(Pod subject, var _)) || subject.hostNetwork()) {
            return List.of();
        }
        Policy own = OwnPolicy.of(subject, reach, direction);
        return List.of(new Edit(
                own,
                new Edit.RuleEdit.None(),
                new Change(
                        direction,
                        "add a policy that isolates " + subject.workload() + " for " + direction,
                        SourcePosition.NONE,
                        Dialect.defaultDeny(subject.namespace(), own.id().name(), reach.labelsOf(subject), direction),
                        "it closes every " + direction + " connection of it that no rule allows"),
                1_000));
    }
}
