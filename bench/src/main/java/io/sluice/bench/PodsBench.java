package io.sluice.bench;

import io.sluice.bench.Load.Processors;
import io.sluice.bench.Load.Result;
import io.sluice.bench.Load.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        List<Comparison> comparisons = Arrays.stream(Workload.values())
                .map(workload -> new Comparison(workload, names))
                .toList();
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
                for (Comparison comparison : comparisons) {
                    // Every other round runs backwards, so that a drift does not favour one end of the list.
                    List<Result> results = turn(stands, load, comparison.workload(), round % 2 == 1);
                    comparison.add(results);
                    failures += results.stream().mapToLong(Result::failures).sum();
                }
                round++;
                Duration took = Duration.between(start, Instant.now());
                longestRound = took.compareTo(longestRound) > 0 ? took : longestRound;
                progress.accept("round " + round + " took " + took.toMillis() + " ms");
            }
        }
        return markdown(comparisons, failures);
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

    private String markdown(List<Comparison> comparisons, long failures) {
        StringBuilder out = new StringBuilder();
        for (Comparison comparison : comparisons) {
            out.append("**%s**, %s, %d rounds of %d ms, ratios to \"%s\":%n%n%s%n"
                    .formatted(
                            comparison.workload().title,
                            plan.family.title(),
                            comparison.rounds(),
                            plan.turn.toMillis(),
                            Configuration.BASELINE,
                            comparison.table(Configuration.BASELINE)));
        }
        return out.append("Failed exchanges: ").append(failures).append(".\n").toString();
    }
}
