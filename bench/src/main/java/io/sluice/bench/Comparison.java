package io.sluice.bench;

import io.sluice.bench.Load.Result;
import io.sluice.bench.Load.Workload;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One workload under several configurations, round by round. */
final class Comparison {
    private final Workload workload;
    private final List<String> names;
    private final Rounds rates;
    private final Rounds work;
    private final Rounds p99;

    Comparison(Workload workload, List<String> names) {
        this.workload = workload;
        this.names = List.copyOf(names);
        rates = new Rounds(names.size());
        work = new Rounds(names.size());
        p99 = new Rounds(names.size());
    }

    Workload workload() {
        return workload;
    }

    /** @param results one for each configuration, in their order */
    void add(List<Result> results) {
        rates.add(column(results, r -> r.rate() * workload.scale));
        work.add(column(results, Result::perProcessorSecond));
        p99.add(column(results, Result::p99Micros));
    }

    private static double[] column(List<Result> results, ToDoubleFunction<Result> figure) {
        return results.stream().mapToDouble(figure).toArray();
    }

    int rounds() {
        return rates.count();
    }

    /** A line a configuration, with ratios to the named one. */
    Table table(String baseline) {
        int to = names.indexOf(baseline);
        Table table = new Table(
                "configuration",
                workload.unit + ", median",
                "least - most",
                "p99 of one, us",
                "ratio of rates",
                "middle half",
                "ratio by processor time",
                "middle half");
        for (int i = 0; i < names.size(); i++) {
            Series figures = rates.figures(i);
            Series ratios = rates.ratios(i, to);
            Series byWork = work.ratios(i, to);
            table.add(
                    names.get(i),
                    Text.figure(figures.median()),
                    Text.figure(figures.min()) + " - " + Text.figure(figures.max()),
                    workload == Workload.BULK ? "-" : Text.figure(p99.figures(i).median()),
                    Text.ratio(ratios.median()),
                    middleHalf(ratios),
                    Text.ratio(byWork.median()),
                    middleHalf(byWork));
        }
        return table;
    }

    private static String middleHalf(Series series) {
        return Text.ratio(series.quantile(0.25)) + " - " + Text.ratio(series.quantile(0.75));
    }
}
