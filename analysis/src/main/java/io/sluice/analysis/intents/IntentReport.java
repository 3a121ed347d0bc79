package io.sluice.analysis.intents;

import java.util.List;

/** What came of each intent of a file, in its order. */
public record IntentReport(IntentFile file, List<Outcome> outcomes) {
    /**
     * @param pairs how many pairs of parties were judged
     * @param failures none if it is all as it was meant
     */
    public record Outcome(Intent intent, int pairs, List<Failure> failures) {
        public Outcome {
            failures = List.copyOf(failures);
        }

        public boolean holds() {
            return failures.isEmpty();
        }
    }

    public IntentReport {
        outcomes = List.copyOf(outcomes);
    }

    public boolean holds() {
        return outcomes.stream().allMatch(Outcome::holds);
    }

    public int failed() {
        return (int) outcomes.stream().filter(outcome -> !outcome.holds()).count();
    }
}
