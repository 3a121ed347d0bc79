package io.sluice.cli;

import io.sluice.lab.Lab;
import io.sluice.lab.LabException;
import io.sluice.lab.LabParts;
import io.sluice.lab.Placement;
import io.sluice.policy.model.Snapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the verbs that bring a lab up have in common. */
final class LabSession {
    private LabSession() {}

    static Lab up(Snapshot snapshot, LabOptions options, Console console) {
        Snapshot wanted = options.withoutPolicies ? snapshot.withPolicies(List.of()) : snapshot;
        if (wanted.pods().isEmpty()) {
            throw new Refusal("The manifests have no workload to make pods of; the lab needs at least one.");
        }
        try {
            Snapshot placed = Placement.of(wanted, options.nodes);
            return Lab.up(
                    placed,
                    new LabParts.Background(self("agent", options.words()), self("host", List.of())),
                    console::progress);
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
    }

    /** Brings the running lab to a snapshot; a line that says what was done. */
    static String apply(Snapshot snapshot, boolean withoutPolicies) {
        Snapshot wanted = withoutPolicies ? snapshot.withPolicies(List.of()) : snapshot;
        try {
            long start = System.nanoTime();
            Lab lab = Lab.apply(wanted, _ -> {});
            long millis = (System.nanoTime() - start) / 1_000_000;
            return "applied in " + millis + " ms: " + summary(lab.snapshot());
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
    }

    /** This very program again, as a part of the lab. */
    private static List<String> self(String part, List<String> options) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "lab",
                part));
        command.addAll(options);
        return command;
    }

    static String summary(Snapshot placed) {
        return "%d pods in %d namespaces on %d nodes, %d services, %d policies"
                .formatted(
                        placed.pods().size(),
                        placed.pods().stream()
                                .map(p -> p.namespace())
                                .distinct()
                                .count(),
                        placed.nodes().size(),
                        placed.services().size(),
                        placed.policies().size());
    }
}
