package io.sluice.analysis.explain;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the smallest change that turns a decision round, and has the decider confirm it. */
final class Changes {
    private final Snapshot snapshot;
    private final Opening opening;
    private final Closing closing;

    Changes(Snapshot snapshot) {
        this.snapshot = snapshot;
        Reach reach = new Reach(snapshot);
        this.opening = new Opening(reach);
        this.closing = new Closing(snapshot, reach);
    }

    /** To be made together; empty if no single policy change is known to do it. */
    List<Change> turningRound(Decision decision) {
        List<Edit> edits = switch (decision.verdict()) {
            case DENY -> allowing(decision);
            case ALLOW -> denying(decision);
        };
        return edits.stream().map(Edit::change).toList();
    }

    /** One edit for each direction that denies. */
    private List<Edit> allowing(Decision decision) {
        List<Edit> chosen = new ArrayList<>();
        for (DirectionDecision denied : List.of(decision.egress(), decision.ingress())) {
            if (denied.verdict() == Verdict.DENY) {
                List<Edit> candidates = opening.candidates(decision, denied).stream()
                        .sorted(Comparator.comparingLong(Edit::cost))
                        .filter(edit -> verdictAfter(List.of(edit), decision, denied.direction()) == Verdict.ALLOW)
                        .limit(1)
                        .toList();
                if (candidates.isEmpty()) {
                    return List.of();
                }
                chosen.add(candidates.getFirst());
            }
        }
        return chosen;
    }

    /** All edits of the direction that takes fewer of them, or else touches less. */
    private List<Edit> denying(Decision decision) {
        return List.of(decision.egress(), decision.ingress()).stream()
                .map(allowed -> closing.edits(decision, allowed))
                .filter(edits -> !edits.isEmpty())
                .filter(edits ->
                        verdictAfter(edits, decision, edits.getFirst().change().direction()) == Verdict.DENY)
                .min(Comparator.<List<Edit>>comparingInt(List::size)
                        .thenComparingLong(
                                edits -> edits.stream().mapToLong(Edit::cost).sum()))
                .orElse(List.of());
    }

    private Verdict verdictAfter(List<Edit> edits, Decision decision, Direction direction) {
        Decision after = Decider.decide(Edit.apply(snapshot, edits), decision.connection());
        return (direction == Direction.EGRESS ? after.egress() : after.ingress()).verdict();
    }
}
