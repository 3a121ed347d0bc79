package io.sluice.lab.probe;

import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The outcome of a whole plan.
 *
 * @param undetermined Service probes that are not expected to go one way, because the policies allow some of the
 *     Service's backends and not others; they are not tried
 * @param notes what could not be asked, a sentence each
 * @param elapsed of all probing
 */
public record ProbeReport(List<ProbeResult> results, int undetermined, List<String> notes, Duration elapsed) {
    public ProbeReport {
        results = List.copyOf(results);
        notes = List.copyOf(notes);
    }

    /**
     * Tries a plan on the lab of this machine. Must be called on a platform thread.
     *
     * @param policy what should happen to a connection
     * @param progress hears how many probes are answered, a few times a second
     */
    public static ProbeReport of(
            ProbePlan plan, Function<Connection, Verdict> policy, Pace pace, IntConsumer progress) {
        List<Probe> probes = new ArrayList<>();
        List<Verdict> expected = new ArrayList<>();
        for (Probe probe : plan.probes()) {
            Set<Verdict> verdicts = probe.judged().stream().map(policy).collect(Collectors.toSet());
            if (verdicts.size() == 1) {
                probes.add(probe);
                expected.add(verdicts.iterator().next());
            }
        }
        long start = System.nanoTime();
        List<Observation> observations = Prober.run(probes, pace, progress);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        List<ProbeResult> results = new ArrayList<>();
        for (int i = 0; i < observations.size(); i++) {
            results.add(new ProbeResult(observations.get(i), expected.get(i)));
        }
        return new ProbeReport(results, plan.probes().size() - probes.size(), plan.notes(), elapsed);
    }

    public List<ProbeResult> disagreements() {
        return results.stream().filter(r -> !r.agrees()).toList();
    }

    /** How many were observed to be allowed, or denied. */
    public long observed(Verdict verdict) {
        return results.stream().filter(r -> r.observed() == verdict).count();
    }
}
