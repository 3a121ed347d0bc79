package io.sluice.cli;

import io.sluice.analysis.intents.Expected;
import io.sluice.analysis.intents.Intent;
import io.sluice.analysis.intents.IntentFile;
import io.sluice.analysis.intents.IntentRunner;
import io.sluice.lab.Lab;
import io.sluice.lab.RulePorts.Port;
import io.sluice.lab.StandIns;
import io.sluice.lab.probe.Observation;
import io.sluice.lab.probe.Pace;
import io.sluice.lab.probe.Probe;
import io.sluice.lab.probe.Prober;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Intents tried in the lab: what counts here is what comes through, not what the policies say.
 *
 * @param tried by intent, in the order of the file
 * @param connections how many different ones were tried
 * @param left how many could not be tried: not over TCP or UDP, or with an address that nobody outside can have
 */
record LiveIntents(
        IntentFile file,
        Snapshot snapshot,
        Map<Intent, List<Tried>> tried,
        int connections,
        int left,
        Duration elapsed) {
    /** A connection with what was meant and what came of it. */
    record Tried(Verdict expected, Observation observation) {
        boolean holds() {
            return observation.verdict() == expected;
        }
    }

    private record Planned(Expected expected, Probe probe) {}

    /**
     * Tries all of a file on the lab that is up.
     *
     * @throws Refusal if the lab has not what the file speaks of
     */
    static LiveIntents run(IntentFile file, Lab lab, Console console) {
        Snapshot snapshot = lab.snapshot();
        Snapshot whole = file.complete(snapshot);
        if (whole.pods().size() > snapshot.pods().size()) {
            throw new Refusal(
                    "the lab that is up has no pod " + whole.pods().getLast().fullName() + ", which " + file.file()
                            + " assumes; 'sluice lab verify PATH --tests' makes one that has");
        }
        IntentRunner runner = new IntentRunner(file, snapshot);
        Intents.refuse(runner.problems());
        StandIns standIns =
                new StandIns(snapshot, Lab.widenWorld(file.blocks()).state().world(), file.blocks());
        List<Expected> wanted = runner.connections();
        List<Planned> plan = new ArrayList<>();
        for (Expected expected : wanted) {
            probe(expected.connection(), standIns).ifPresent(probe -> plan.add(new Planned(expected, probe)));
        }
        List<Probe> probes = plan.stream().map(Planned::probe).distinct().toList();
        console.progress("trying " + probes.size() + " connections");
        long start = System.nanoTime();
        Map<Probe, Observation> observed = new LinkedHashMap<>();
        Prober.run(probes, Pace.normal(), _ -> {}).forEach(o -> observed.put(o.probe(), o));
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Map<Intent, List<Tried>> tried = new LinkedHashMap<>();
        file.intents().forEach(intent -> tried.put(intent, new ArrayList<>()));
        plan.forEach(planned -> tried.computeIfAbsent(planned.expected.intent(), _ -> new ArrayList<>())
                .add(new Tried(planned.expected.verdict(), Objects.requireNonNull(observed.get(planned.probe)))));
        return new LiveIntents(file, snapshot, tried, probes.size(), wanted.size() - plan.size(), elapsed);
    }

    private static Optional<Probe> probe(Connection connection, StandIns standIns) {
        if (!new Port(connection.protocol(), connection.port()).hasSocket()) {
            return Optional.empty();
        }
        Optional<Party> from = party(connection.from(), standIns);
        Optional<Party> to = party(connection.to(), standIns);
        return from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(Probe.between(from.get(), to.get(), connection.protocol(), connection.port()));
    }

    private static Optional<Party> party(Party party, StandIns standIns) {
        return switch (party) {
            case Party.OfPod _, Party.OfNode _ -> Optional.of(party);
            case Party.OfNetwork(var ip) -> standIns.of(ip).map(Party.OfNetwork::new);
        };
    }

    int failed() {
        return (int) tried.values().stream()
                .filter(all -> !all.stream().allMatch(Tried::holds))
                .count();
    }
}
