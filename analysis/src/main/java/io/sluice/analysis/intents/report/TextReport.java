package io.sluice.analysis.intents.report;

import io.sluice.analysis.intents.Coverage;
import io.sluice.analysis.intents.Failure;
import io.sluice.analysis.intents.IntentReport;
import io.sluice.analysis.intents.Mutation;
import io.sluice.policy.model.Snapshot;
import java.util.List;
import java.util.function.UnaryOperator;

/** The text that a person reads. */
public final class TextReport {
    private static final int SHOWN = 10;

    private final FailureText failures;
    private final UnaryOperator<String> good;
    private final UnaryOperator<String> bad;

    /** @param good paints what is as it should be; the same for {@code bad} */
    public TextReport(Snapshot snapshot, UnaryOperator<String> good, UnaryOperator<String> bad) {
        this.failures = new FailureText(snapshot);
        this.good = good;
        this.bad = bad;
    }

    public String of(IntentReport report) {
        StringBuilder out = new StringBuilder();
        for (IntentReport.Outcome outcome : report.outcomes()) {
            outcome(out, outcome);
        }
        int count = report.outcomes().size();
        out.append(count)
                .append(count == 1 ? " test, " : " tests, ")
                .append(report.failed() == 0 ? good.apply("all hold") : bad.apply(report.failed() + " failed"))
                .append('\n');
        return out.toString();
    }

    private void outcome(StringBuilder out, IntentReport.Outcome outcome) {
        if (outcome.holds()) {
            out.append(good.apply("ok"))
                    .append("      ")
                    .append(outcome.intent().name());
            out.append(" (").append(outcome.pairs()).append(outcome.pairs() == 1 ? " pair)\n" : " pairs)\n");
            return;
        }
        out.append(bad.apply("not ok")).append("  ").append(outcome.intent().name());
        out.append(" (").append(outcome.intent().position().fileLine()).append(")\n");
        if (!outcome.intent().why().isEmpty()) {
            out.append("          why: ").append(outcome.intent().why()).append('\n');
        }
        List<Failure> all = outcome.failures();
        for (Failure failure : all.subList(0, Math.min(SHOWN, all.size()))) {
            out.append("        ").append(failures.headline(failure)).append('\n');
            failures.reasons(failure)
                    .forEach(line -> out.append("          ").append(line).append('\n'));
        }
        if (all.size() > SHOWN) {
            out.append("        and ").append(all.size() - SHOWN).append(" more (-o json has all)\n");
        }
    }

    public static String of(Coverage coverage) {
        StringBuilder out = new StringBuilder();
        int all = coverage.items().size();
        out.append("coverage: ")
                .append(coverage.exercised())
                .append(" of ")
                .append(all)
                .append(" rules exercised");
        if (all > 0) {
            out.append(" (").append(100L * coverage.exercised() / all).append("%)");
        }
        out.append('\n');
        for (Coverage.Item item : coverage.missed()) {
            out.append("  not exercised: ").append(item.policy()).append(' ').append(item.rule());
            out.append(" (").append(item.position().fileLine()).append(")\n");
        }
        return out.toString();
    }

    public static String of(Mutation mutation) {
        StringBuilder out = new StringBuilder();
        int counted = mutation.noticed() + mutation.survivors().size();
        out.append("mutation: ").append(mutation.noticed()).append(" of ").append(counted);
        out.append(" single mistakes noticed (").append(mutation.score()).append("%)");
        if (mutation.harmless() > 0) {
            out.append("; ").append(mutation.harmless()).append(" more would change no connection");
        }
        out.append('\n');
        for (Mutation.Survivor survivor : mutation.survivors()) {
            out.append("  not noticed: ").append(survivor.description());
            out.append(" (").append(survivor.position().fileLine()).append(")\n");
            out.append("    ").append(Changes.text(survivor.difference())).append('\n');
        }
        return out.toString();
    }
}
