package io.sluice.analysis.intents;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.VerdictTable;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which rules the intents exercise: a rule counts when it matches some traffic that an intent asks about, or, for a
 * policy that only isolates, when that isolation is what denies some of it.
 *
 * @param items every rule, and every direction that a policy isolates without a rule, in the order of evaluation
 */
public record Coverage(List<Item> items) {
    /**
     * @param rule such as {@code ingress[0]}, or {@code ingress isolation}
     */
    public record Item(PolicyId policy, String rule, SourcePosition position, boolean exercised) {}

    public Coverage {
        items = List.copyOf(items);
    }

    public List<Item> missed() {
        return items.stream().filter(item -> !item.exercised).toList();
    }

    public int exercised() {
        return items.size() - missed().size();
    }

    public static Coverage of(IntentRunner runner) {
        return new Tracer(runner).trace();
    }

    /** @param rule -1 for the isolation of a direction */
    private record Unit(PolicyId policy, Direction direction, int rule) {}

    private static final class Tracer {
        private static final int ISOLATION = -1;

        private final IntentRunner runner;
        private final VerdictTable table;
        private final Map<Unit, SourcePosition> units = new LinkedHashMap<>();
        private final Set<Unit> exercised = new HashSet<>();
        private final Map<Direction, Map<PortTable, Set<Traffic>>> seen = new EnumMap<>(Direction.class);

        Tracer(IntentRunner runner) {
            this.runner = runner;
            this.table = runner.pairs().table();
            table.snapshot().policies().stream()
                    .sorted(Policy.EVALUATION_ORDER)
                    .forEach(policy -> policy.sections().forEach(section -> add(policy, section)));
        }

        private void add(Policy policy, Section section) {
            for (int i = 0; i < section.rules().size(); i++) {
                units.put(
                        new Unit(policy.id(), section.direction(), i),
                        section.rules().get(i).position());
            }
            if (section.rules().isEmpty() && section.isolates()) {
                units.put(new Unit(policy.id(), section.direction(), ISOLATION), policy.position());
            }
        }

        Coverage trace() {
            runner.visit((from, to, asked) -> {
                row(Direction.EGRESS, from, to, asked);
                row(Direction.INGRESS, to, from, asked);
            });
            // The table names the first of several rules that allow the same; the others are looked for one by one.
            for (Policy policy : table.snapshot().policies()) {
                for (Section section : policy.sections()) {
                    for (int i = 0; i < section.rules().size(); i++) {
                        if (!exercised.contains(new Unit(policy.id(), section.direction(), i))) {
                            lookFor(new RuleRef(policy, section.direction(), i));
                        }
                    }
                }
            }
            return new Coverage(units.entrySet().stream()
                    .map(entry -> item(entry.getKey(), entry.getValue()))
                    .toList());
        }

        private Item item(Unit unit, SourcePosition position) {
            String rule =
                    unit.rule == ISOLATION ? unit.direction + " isolation" : unit.direction + "[" + unit.rule + "]";
            return new Item(unit.policy, rule, position, exercised.contains(unit));
        }

        private void row(Direction direction, Site subject, Site peer, Traffic asked) {
            PortTable row = runner.pairs().row(direction, subject, peer);
            // One row may serve both directions, with the same policies isolating in each.
            boolean isNew = seen.computeIfAbsent(direction, _ -> new IdentityHashMap<>())
                    .computeIfAbsent(row, _ -> new HashSet<>())
                    .add(asked);
            if (!isNew) {
                return;
            }
            for (int i = 0; i < row.entries().size(); i++) {
                PortTable.Entry entry = row.entries().get(i);
                if (!asked.and(Traffic.of(new TrafficRange(entry.first(), row.lastOf(i))))
                        .isEmpty()) {
                    mark(direction, entry.cause());
                }
            }
        }

        private void mark(Direction direction, Cause cause) {
            switch (cause) {
                case Cause.ByRule(RuleRef ref, var _) ->
                    exercised.add(new Unit(ref.policy().id(), ref.direction(), ref.index()));
                case Cause.Isolated(var _, List<PolicyId> policies) ->
                    policies.forEach(id -> exercised.add(new Unit(id, direction, ISOLATION)));
                case Cause.NoPolicy(), Cause.NotASubject(), Cause.Self(), Cause.OwnNode() -> {}
            }
        }

        private void lookFor(RuleRef ref) {
            Unit unit = new Unit(ref.policy().id(), ref.direction(), ref.index());
            runner.visit((from, to, asked) -> {
                Site subject = ref.direction() == Direction.EGRESS ? from : to;
                if (exercised.contains(unit)
                        || table.policySets().get(subject.set()).policies().stream()
                                .noneMatch(p -> p.id().equals(ref.policy().id()))) {
                    return;
                }
                for (PortMatch port : ref.rule().ports()) {
                    Traffic both = traffic(port, to).and(asked);
                    if (!both.isEmpty() && matches(ref, runner.pairs().decide(from, to, both.witness()))) {
                        exercised.add(unit);
                        return;
                    }
                }
            });
        }

        private static boolean matches(RuleRef ref, Decision decision) {
            DirectionDecision side = ref.direction() == Direction.EGRESS ? decision.egress() : decision.ingress();
            return Step.tried(side.trace()).stream()
                    .anyMatch(tried -> tried.matches() && tried.rule().equals(ref));
        }

        private static Traffic traffic(PortMatch port, Site destination) {
            return switch (port) {
                case PortMatch.Range(TrafficRange range) -> Traffic.of(range);
                case PortMatch.Named named ->
                    destination.pod().stream()
                            .flatMap(pod -> pod.ports().stream())
                            .filter(named::names)
                            .map(p -> Traffic.of(TrafficRange.ports(p.protocol(), p.port(), p.port())))
                            .reduce(Traffic.NONE, Traffic::or);
            };
        }
    }
}
