package io.sluice.bench;

import io.sluice.bench.Load.Processors;
import io.sluice.bench.Load.Result;
import io.sluice.bench.Load.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * TCP between two pods under several configurations that take turns. Each configuration has namespaces of its own that
 * stand for the whole run, so that a turn costs no more than starting the client.
 */
final class PodsBench {
    private static final int LEAST_ROUNDS = 3;

    private final List<Configuration> configurations;
    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * @param budget for the whole benchmark, setting up included; rounds are made until it is used up
     * @param turn how long one configuration is under load before the next one's turn
     */
    record Plan(Family family, Processors processors, Duration budget, Duration turn) {}

    /** One configuration, standing. */
    private record Stand(Topology topology, Process server) {}

    PodsBench(List<Configuration> configurations, Plan plan, Consumer<String> progress) {
        this.configurations = List.copyOf(configurations);
        this.plan = plan;
        this.progress = progress;
    }

    /** The results in Markdown, a table a workload. */
    String run() throws Exception {
        Instant end = Instant.now().plus(plan.budget);
        Topology.removeLeftovers();
        List<String> names = configurations.stream().map(Configuration::name).toList();
        Map<Workload, Rounds> rates = new EnumMap<>(Workload.class);
        Map<Workload, Rounds> work = new EnumMap<>(Workload.class);
        Map<Workload, Rounds> p99 = new EnumMap<>(Workload.class);
        for (Workload workload : Workload.values()) {
            rates.put(workload, new Rounds(names));
            work.put(workload, new Rounds(names));
            p99.put(workload, new Rounds(names));
        }
        long failures = 0;
        int round = 0;
        try (Closing closing = new Closing()) {
            Load load = closing.add(Load.compile());
            List<Stand> stands = new ArrayList<>();
            for (Configuration configuration : configurations) {
                progress.accept("setting up " + configuration.name());
                stands.add(stand(configuration, load, closing));
            }
            turn(stands, load, Workload.REQUEST_RESPONSE, false);
            Duration longestRound = Duration.ZERO;
            while (round < LEAST_ROUNDS || Instant.now().plus(longestRound).isBefore(end)) {
                Instant start = Instant.now();
                for (Workload workload : Workload.values()) {
                    // Every other round runs backwards, so that a drift does not favour one end of the list.
                    List<Result> results = turn(stands, load, workload, round % 2 == 1);
                    rates.get(workload).add(column(results, r -> r.rate() * workload.scale));
                    work.get(workload).add(column(results, Result::perProcessorSecond));
                    p99.get(workload).add(column(results, Result::p99Micros));
                    failures += results.stream().mapToLong(Result::failures).sum();
                }
                round++;
                Duration took = Duration.between(start, Instant.now());
                longestRound = took.compareTo(longestRound) > 0 ? took : longestRound;
                progress.accept("round " + round + " took " + took.toMillis() + " ms");
            }
        }
        return markdown(names, rates, work, p99, failures);
    }

    private Stand stand(Configuration configuration, Load load, Closing closing) throws Exception {
        Topology topology = closing.add(Topology.create());
        closing.add(configuration.setup().install(topology, plan.family));
        if (!configuration.name().equals("no netfilter")) {
            // Finished connections leave at once, so that a turn does not start with the last one's remains.
            Topology.setAll(topology.router(), List.of("netfilter/nf_conntrack_tcp_timeout_time_wait=1"));
        }
        Process server = load.serve(topology.server(), plan.processors.server());
        closing.add(() -> {
            server.getOutputStream().close();
            server.waitFor();
        });
        return new Stand(topology, server);
    }

    private List<Result> turn(List<Stand> stands, Load load, Workload workload, boolean backwards) {
        List<Result> results = new ArrayList<>();
        for (Stand stand : backwards ? stands.reversed() : stands) {
            results.add(load.run(
                    new Load.Turn(workload, plan.family, plan.turn),
                    stand.topology.client(),
                    plan.processors.client(),
                    stand.server));
        }
        return backwards ? results.reversed() : results;
    }

    private static double[] column(List<Result> results, java.util.function.ToDoubleFunction<Result> figure) {
        return results.stream().mapToDouble(figure).toArray();
    }

    private String markdown(
            List<String> names,
            Map<Workload, Rounds> rates,
            Map<Workload, Rounds> work,
            Map<Workload, Rounds> p99,
            long failures) {
        int baseline = names.indexOf(Configuration.BASELINE);
        StringBuilder out = new StringBuilder();
        for (Workload workload : Workload.values()) {
            Rounds rounds = rates.get(workload);
            out.append("**").append(workload.title).append("**, IPv").append(plan.family == Family.V4 ? 4 : 6);
            out.append(", ").append(rounds.count()).append(" rounds of ").append(plan.turn.toMillis());
            out.append(" ms, ratio to \"").append(Configuration.BASELINE).append("\":\n\n");
            out.append(table(names, workload, rounds, work.get(workload), p99.get(workload), baseline))
                    .append('\n');
        }
        return out.append("Failed exchanges: ").append(failures).append(".\n").toString();
    }

    private static Table table(
            List<String> names, Workload workload, Rounds rates, Rounds work, Rounds p99, int baseline) {
        boolean timed = workload != Workload.BULK;
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
            Series ratios = rates.ratios(i, baseline);
            Series byWork = work.ratios(i, baseline);
            table.add(
                    names.get(i),
                    Text.figure(figures.median()),
                    Text.figure(figures.min()) + " - " + Text.figure(figures.max()),
                    timed ? Text.figure(p99.figures(i).median()) : "",
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
