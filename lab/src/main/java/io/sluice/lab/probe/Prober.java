package io.sluice.lab.probe;

import io.sluice.lab.LabException;
import io.sluice.lab.probe.Observation.Outcome;
import io.sluice.lab.probe.ProbeLoop.Task;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Asks the network. An answer is believed at once. A refusal is asked for a second time, and silence counts only when it
 * is certain that an answer would have been heard: beside the attempt that confirms, the destination is asked from inside
 * its own namespace, where no policy is. Silence counts if that was answered in a fraction of the time; otherwise both
 * are asked again, with twice the patience. A datagram's answer comes from a process that may be kept waiting for a
 * processor, and a server with its hands full lets connections wait or fall: neither is a refusal.
 */
public final class Prober {
    /** How many times sooner than silence is believed the destination must have answered itself. */
    private static final int MARGIN = 4;

    private static final int ROUNDS = 6;

    private final List<Probe> probes;
    private final Pace pace;
    private final Observation[] observations;

    private Prober(List<Probe> probes, Pace pace) {
        this.probes = probes;
        this.pace = pace;
        this.observations = new Observation[probes.size()];
    }

    /**
     * Asks all of them and waits for the answers. Must be called on a platform thread.
     *
     * @param progress hears how many are answered, a few times a second
     * @return one observation for each probe, in their order
     * @throws LabException if this machine cannot ask, or a destination does not even answer itself: neither says
     *     anything about the network
     */
    public static List<Observation> run(List<Probe> probes, Pace pace, IntConsumer progress) {
        return new Prober(List.copyOf(probes), pace).run(progress);
    }

    private List<Observation> run(IntConsumer progress) {
        List<Task> tasks = new ArrayList<>();
        for (Probe probe : probes) {
            tasks.add(new Task(probe, pace.first()));
        }
        List<Observation> first = ProbeLoop.run(tasks, pace.outstanding(), progress);
        List<Integer> doubtful = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            observations[i] = first.get(i);
            if (first.get(i).verdict() == Verdict.DENY) {
                doubtful.add(i);
            }
        }
        Duration patience = pace.confirm();
        for (int round = 2; !doubtful.isEmpty(); round++) {
            if (round > ROUNDS) {
                throw new LabException(
                        "no reliable answer: " + probes.get(doubtful.getFirst()).targetName()
                                + " does not even answer its own namespace in time");
            }
            List<Integer> still = new ArrayList<>();
            int together = Math.max(1, pace.outstanding() / 2);
            for (int from = 0; from < doubtful.size(); from += together) {
                // Few enough to be asked in one go: the controls must meet the same moment as what they vouch for.
                List<Integer> slice = doubtful.subList(from, Math.min(doubtful.size(), from + together));
                still.addAll(confirm(slice, round, patience));
            }
            doubtful = still;
            patience = patience.multipliedBy(2);
        }
        return List.of(observations);
    }

    /** @return those that are still in doubt */
    private List<Integer> confirm(List<Integer> doubtful, int round, Duration patience) {
        List<Task> tasks = new ArrayList<>();
        Map<Probe, Integer> controls = new LinkedHashMap<>();
        for (int index : doubtful) {
            for (Probe control : controls(probes.get(index))) {
                controls.computeIfAbsent(control, c -> {
                    tasks.add(new Task(c, patience));
                    return tasks.size() - 1;
                });
            }
        }
        int firstProbe = tasks.size();
        doubtful.forEach(index -> tasks.add(new Task(probes.get(index), patience)));
        List<Observation> answers = ProbeLoop.run(tasks, pace.outstanding(), n -> {});
        Duration prompt = patience.dividedBy(MARGIN);
        List<Integer> still = new ArrayList<>();
        for (int i = 0; i < doubtful.size(); i++) {
            int index = doubtful.get(i);
            Observation answer = answers.get(firstProbe + i);
            observations[index] = new Observation(answer.probe(), answer.outcome(), round, answer.elapsed());
            boolean certain = answer.outcome() != Outcome.SILENT
                    || controls(probes.get(index)).stream()
                            .map(control -> answers.get(
                                    Optional.ofNullable(controls.get(control)).orElseThrow()))
                            .allMatch(c ->
                                    c.outcome() != Outcome.SILENT && c.elapsed().compareTo(prompt) <= 0);
            if (!certain) {
                still.add(index);
            }
        }
        return still;
    }

    /** What the destination is asked by itself: every backend, for a Service. */
    private static List<Probe> controls(Probe probe) {
        return probe.judged().stream().map(c -> control(c, probe)).distinct().toList();
    }

    private static Probe control(Connection connection, Probe probe) {
        Party there = connection.to();
        return new Probe(
                there,
                new Probe.OfParty(there),
                connection.protocol(),
                connection.port(),
                there.address().orElseThrow(),
                probe.question());
    }
}
