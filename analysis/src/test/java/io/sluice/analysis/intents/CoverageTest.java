package io.sluice.analysis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the intents would not notice. */
class CoverageTest {
    private static final Snapshot CLUSTER = Yaml.snapshot(
            Yaml.deployment("a", "web", 8080),
            Yaml.deployment("a", "db", 5432),
            Yaml.policy("a", "db", """
                    podSelector: {matchLabels: {app: db}}
                    policyTypes: [Ingress]
                    ingress:
                      - from: [{podSelector: {matchLabels: {app: web}}}]
                        ports: [{port: 5432}, {port: 5433}]
                      - from: [{podSelector: {matchLabels: {app: web}}}]
                        ports: [{port: 5432}]
                      - from: [{podSelector: {matchLabels: {app: web}}}]
                        ports: [{port: 9187}]
                    """),
            Yaml.policy("a", "deny", "podSelector: {}\npolicyTypes: [Egress]\n"),
            Yaml.policy("a", "open", "podSelector: {}\npolicyTypes: [Egress]\negress: [{}]\n"));

    private static IntentFile file(String test) {
        List<String> problems = new ArrayList<>();
        IntentFile file = Shop.intents("tests:\n  - {name: n, " + test + "}\n", problems);
        assertThat(problems).isEmpty();
        return file;
    }

    /** A rule that another one shadows is exercised as well; an isolation that never denies is not. */
    @Test
    void rulesThatNoIntentExercises() {
        IntentRunner runner = new IntentRunner(file("from: a/web, to: a/db, ports: 5432, expect: allow"), CLUSTER);
        assertThat(Coverage.of(runner).missed())
                .extracting(item -> item.policy() + " " + item.rule())
                .containsExactly("NetworkPolicy a/db ingress[2]", "NetworkPolicy a/deny egress isolation");
    }

    @Test
    void mistakesThatNoIntentNotices() {
        Mutation mutation = Mutation.of(file("from: a/web, to: a/db, ports: 5432, expect: allow"), CLUSTER, _ -> {});
        assertThat(mutation.survivors())
                .extracting(Mutation.Survivor::description)
                .contains(
                        "NetworkPolicy a/db ingress: does not isolate",
                        "NetworkPolicy a/db ingress[0]: without TCP 5433",
                        "NetworkPolicy a/db ingress[2]: left out",
                        "NetworkPolicy a/db ingress[0]: for every peer")
                .doesNotContain("NetworkPolicy a/db ingress[1]: left out");
        assertThat(mutation.harmless()).isPositive();
    }

    @Test
    void theShopOfTheExamplesIsCoveredAndEveryMistakeNoticed() throws IOException {
        Path path = Shop.folder().resolve("intents.yaml");
        List<Diagnostic> problems = new ArrayList<>();
        IntentFile file =
                IntentReader.read(ObjectText.read("intents.yaml", Files.readAllBytes(path), problems), problems);
        assertThat(problems).isEmpty();
        Snapshot snapshot = file.complete(Shop.read().snapshot());
        IntentRunner runner = new IntentRunner(file, snapshot);
        assertThat(runner.problems()).isEmpty();
        assertThat(runner.run().outcomes()).allMatch(IntentReport.Outcome::holds);
        assertThat(Coverage.of(runner).missed()).isEmpty();
        assertThat(Mutation.of(file, snapshot, _ -> {}).survivors()).isEmpty();
    }
}
