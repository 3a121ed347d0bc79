package io.sluice.analysis.redundancy;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pairs of rules of equal priority that disagree about some connection; the API leaves open which of them counts. The
 * decider's trace says so for one connection; here are the connections to ask about.
 */
public final class Ambiguities {
    private Ambiguities() {}

    /** Two rules and a connection that both match. */
    public record Ambiguity(RuleRef taken, RuleRef other, Connection witness) {}

    private record Level(Tier tier, double priority) {}

    private record Pair(RuleRef taken, RuleRef other) {}

    /** The first witness of each pair of rules. */
    public static List<Ambiguity> of(Snapshot snapshot) {
        Map<Level, List<Policy>> levels = new LinkedHashMap<>();
        for (Policy policy : snapshot.policies()) {
            if (policy.combining() == Combining.FIRST_MATCH) {
                levels.computeIfAbsent(new Level(policy.tier(), policy.priority()), _ -> new ArrayList<>())
                        .add(policy);
            }
        }
        Map<Pair, Ambiguity> found = new LinkedHashMap<>();
        List<Party> parties = Samples.parties(snapshot);
        levels.values().stream()
                .filter(policies -> policies.size() > 1)
                .forEach(policies -> search(snapshot, policies, parties, found));
        return List.copyOf(found.values());
    }

    private static void search(
            Snapshot snapshot, List<Policy> policies, List<Party> parties, Map<Pair, Ambiguity> found) {
        Snapshot those = snapshot.withPolicies(policies);
        for (Party subject : parties) {
            if (!(subject instanceof Party.OfPod(Pod pod, var _))
                    || policies.stream().filter(p -> selects(p, pod, snapshot)).count() < 2) {
                continue;
            }
            for (Direction direction : Direction.values()) {
                Set<Integer> keys = keys(policies, direction, parties);
                for (Party peer : parties) {
                    for (int key : peer.equals(subject) ? Set.<Integer>of() : keys) {
                        Connection connection = connection(direction, subject, peer, key);
                        ask(snapshot, those, connection, direction, found);
                    }
                }
            }
        }
    }

    /** Only the level's own policies first, which is quick; what they leave open counts if the whole order comes there. */
    private static void ask(
            Snapshot snapshot, Snapshot those, Connection connection, Direction direction, Map<Pair, Ambiguity> found) {
        if (ambiguous(Decider.decide(those, connection), direction).isEmpty()) {
            return;
        }
        for (Step.Ambiguous step : ambiguous(Decider.decide(snapshot, connection), direction)) {
            found.putIfAbsent(
                    new Pair(step.taken(), step.other()), new Ambiguity(step.taken(), step.other(), connection));
        }
    }

    private static List<Step.Ambiguous> ambiguous(Decision decision, Direction direction) {
        DirectionDecision one = direction == Direction.EGRESS ? decision.egress() : decision.ingress();
        return one.trace().stream()
                .filter(Step.Ambiguous.class::isInstance)
                .map(Step.Ambiguous.class::cast)
                .toList();
    }

    private static boolean selects(Policy policy, Pod pod, Snapshot snapshot) {
        return policy.subject().namespaces().matches(snapshot.namespaceOf(pod))
                && policy.subject().pods().matches(pod.attributes());
    }

    private static Connection connection(Direction direction, Party subject, Party peer, int key) {
        Protocol protocol = new Protocol(key >>> 16);
        return direction == Direction.EGRESS
                ? new Connection(subject, peer, protocol, key & 0xffff)
                : new Connection(peer, subject, protocol, key & 0xffff);
    }

    /** Where a rule's traffic begins, and the ports that its names mean anywhere: enough to meet every overlap. */
    private static Set<Integer> keys(List<Policy> policies, Direction direction, List<Party> parties) {
        Set<Integer> keys = new LinkedHashSet<>();
        for (Policy policy : policies) {
            for (Rule rule : policy.section(direction).map(Section::rules).orElse(List.of())) {
                for (PortMatch port : rule.ports()) {
                    switch (port) {
                        case PortMatch.Range(TrafficRange range) ->
                            keys.add(range.first() == 0 ? TrafficRange.key(Protocol.TCP, 80) : range.first());
                        case PortMatch.Named named ->
                            parties.forEach(party -> {
                                if (party instanceof Party.OfPod(Pod pod, var _)) {
                                    pod.ports().stream()
                                            .filter(named::names)
                                            .forEach(p -> keys.add(TrafficRange.key(p.protocol(), p.port())));
                                }
                            });
                    }
                }
            }
        }
        return keys;
    }
}
