package io.sluice.analysis.intents.report;

import io.sluice.analysis.explain.Misses;
import io.sluice.analysis.intents.Failure;
import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.reason.RuleWords;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A failure in words: what is otherwise than meant, and which rules make it so. */
public final class FailureText {
    private final Reasons reasons;

    public FailureText(Snapshot snapshot) {
        this.reasons = new Reasons(snapshot);
    }

    /** Such as {@code shop/web => data/orders-db : TCP 5432 is allowed, deny expected}. */
    public String headline(Failure failure) {
        Verdict found = failure.expected() == Verdict.ALLOW ? Verdict.DENY : Verdict.ALLOW;
        return failure.from() + " => " + failure.to() + " : "
                + failure.traffic().exact()
                + (found == Verdict.ALLOW ? " is allowed, " : " is denied, ") + failure.expected() + " expected"
                + (failure.pairs() > 1 ? " (" + failure.pairs() + " pairs)" : "");
    }

    /** A line for each direction that bears the verdict, and for the rule that came nearest to the other one. */
    public List<String> reasons(Failure failure) {
        List<String> lines = new ArrayList<>();
        for (DirectionDecision side :
                List.of(failure.decision().egress(), failure.decision().ingress())) {
            boolean contrary = side.verdict() != failure.expected();
            if (!contrary || side.cause() instanceof Cause.NotASubject) {
                continue;
            }
            lines.add(reasons.sentence(side.direction(), side.cause()) + places(side));
            Misses.nearest(side).ifPresent(miss -> lines.add(nearest(miss)));
        }
        return lines;
    }

    private String places(DirectionDecision side) {
        List<String> places = reasons.bearers(side.direction(), side.cause()).stream()
                .map(Reasons.Bearer::position)
                .filter(position -> !position.equals(SourcePosition.NONE))
                .map(SourcePosition::fileLine)
                .distinct()
                .toList();
        return places.isEmpty() ? "" : " (" + String.join(", ", places) + ")";
    }

    private static String nearest(Step.RuleTried miss) {
        String what = miss.peerMatches()
                ? " allows this peer, on " + RuleWords.ports(miss.rule().rule().ports())
                : " allows this port, for " + RuleWords.peers(miss.rule().rule().peers());
        return "nearest miss: " + miss.rule() + what + " ("
                + miss.rule().rule().position().fileLine() + ")";
    }
}
