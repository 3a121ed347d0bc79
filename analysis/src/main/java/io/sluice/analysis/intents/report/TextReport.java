package io.sluice.analysis.intents.report;

import io.sluice.analysis.intents.Coverage;
import io.sluice.analysis.intents.Mutation;
import java.util.List;
import java.util.function.UnaryOperator;

/** The text that a person reads. */
public final class TextReport {
    private static final int SHOWN = 10;

    private final UnaryOperator<String> good;
    private final UnaryOperator<String> bad;

    /** @param good paints what is as it should be; the same for {@code bad} */
    public TextReport(UnaryOperator<String> good, UnaryOperator<String> bad) {
        this.good = good;
        this.bad = bad;
    }

    public String of(List<Result> results) {
        StringBuilder out = new StringBuilder();
        for (Result result : results) {
            result(out, result);
        }
        int count = results.size();
        int failed = Result.failed(results);
        out.append(count)
                .append(count == 1 ? " test, " : " tests, ")
                .append(failed == 0 ? good.apply("all hold") : bad.apply(failed + " failed"))
                .append('\n');
        return out.toString();
    }

    private void result(StringBuilder out, Result result) {
        if (result.holds()) {
            out.append(good.apply("ok")).append("      ").append(result.name());
            out.append(" (").append(result.asked()).append(")\n");
            return;
        }
        out.append(bad.apply("not ok")).append("  ").append(result.name());
        out.append(" (").append(result.position().fileLine()).append(")\n");
        if (!result.why().isEmpty()) {
            out.append("          why: ").append(result.why()).append('\n');
        }
        List<Result.Wrong> all = result.wrong();
        for (Result.Wrong wrong : all.subList(0, Math.min(SHOWN, all.size()))) {
            out.append("        ").append(wrong.headline()).append('\n');
            wrong.reasons()
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
