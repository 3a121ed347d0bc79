package io.sluice.analysis.intents.report;

import io.sluice.analysis.intents.Intent;
import io.sluice.analysis.intents.IntentReport;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import java.util.List;

/**
 * What came of one intent, in words; whether policies were asked or a network.
 *
 * @param why the reason for it; empty where none is given
 * @param position where it is written; {@link SourcePosition#NONE} where nobody wrote it
 * @param asked how much was asked, such as {@code 12 pairs}
 * @param wrong none if it is all as it was meant
 */
public record Result(String name, String why, SourcePosition position, String asked, List<Wrong> wrong) {
    /** Two parties between whom it is not as it was meant, and why. */
    public record Wrong(String headline, List<String> reasons) {
        public Wrong {
            reasons = List.copyOf(reasons);
        }
    }

    public Result {
        wrong = List.copyOf(wrong);
    }

    public boolean holds() {
        return wrong.isEmpty();
    }

    /** How many do not hold. */
    public static int failed(List<Result> results) {
        return (int) results.stream().filter(result -> !result.holds()).count();
    }

    /** What came of an intent. */
    public static Result of(Intent intent, String asked, List<Wrong> wrong) {
        return new Result(intent.name(), intent.why(), intent.position(), asked, wrong);
    }

    /** What the policies of the snapshot say. */
    public static List<Result> of(IntentReport report, Snapshot snapshot) {
        FailureText text = new FailureText(snapshot);
        return report.outcomes().stream()
                .map(outcome -> of(
                        outcome.intent(),
                        outcome.pairs() + (outcome.pairs() == 1 ? " pair" : " pairs"),
                        outcome.failures().stream()
                                .map(failure -> new Wrong(text.headline(failure), text.reasons(failure)))
                                .toList()))
                .toList();
    }
}
