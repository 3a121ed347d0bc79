package io.sluice.analysis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.intents.report.FailureText;
import io.sluice.policy.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentRunnerTest {
    /** web may reach db on 5432 and the block 192.0.2.0/24 on 443; nobody else reaches db; other is not isolated. */
    private static final Snapshot CLUSTER = Yaml.snapshot(
            Yaml.deployment("a", "web", 8080),
            Yaml.deployment("a", "db", 5432),
            Yaml.deployment("b", "other", 80),
            Yaml.policy("a", "db", """
                    podSelector: {matchLabels: {app: db}}
                    policyTypes: [Ingress, Egress]
                    ingress:
                      - from: [{podSelector: {matchLabels: {app: web}}}]
                        ports: [{port: 5432}]
                    """),
            Yaml.policy("a", "web", """
                    podSelector: {matchLabels: {app: web}}
                    policyTypes: [Egress]
                    egress:
                      - to: [{podSelector: {matchLabels: {app: db}}}]
                        ports: [{port: 5432}]
                      - to: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.128/25]}}]
                        ports: [{port: 443}]
                    """));

    private static IntentReport run(String test, Snapshot snapshot) {
        List<String> problems = new ArrayList<>();
        IntentFile file = Shop.intents("tests:\n  - {name: n, " + test + "}\n", problems);
        assertThat(problems).isEmpty();
        IntentRunner runner = new IntentRunner(file, snapshot);
        assertThat(runner.problems()).isEmpty();
        return runner.run();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            from: a/web, to: a/db, ports: TCP 5432, expect: allow                  => holds
            from: a/web, to: a/db, ports: 5432, expect: allow                      => holds
            from: a/web, to: a/db, expect: allow                                   => fails
            from: a/web, to: a/db, expect: deny                                    => fails
            from: a/web, to: a/db, ports: TCP 5433-65535, expect: deny             => holds
            from: a/web, to: a/db, ports: [UDP 5432, ICMP], expect: deny           => holds
            from: b/other, to: a/db, expect: deny                                  => holds
            from: b/other, to: a/web, expect: allow                                => holds
            from: any, to: a/db, expect: deny                                      => fails
            from: {namespace: a, labels: {app: web}}, to: a/db, ports: 5432, expect: allow => holds
            from: {labels: {app: [other, db]}}, to: a/db, expect: deny           => holds
            from: {namespaceLabels: {kubernetes.io/metadata.name: b}}, to: a/db, expect: deny => holds
            from: world, to: a/db, expect: deny                                    => holds
            from: world, to: a/web, expect: allow                                  => holds
            from: a/web, to: 192.0.2.7, ports: 443, expect: allow                  => holds
            from: a/web, to: 192.0.2.0/25, ports: 443, expect: allow               => holds
            from: a/web, to: 192.0.2.0/24, ports: 443, expect: allow               => fails
            from: a/web, to: 192.0.2.128/25, expect: deny                          => holds
            from: a/web, to: 192.0.2.0/23, expect: deny                            => fails
            from: a/web, to: 192.0.3.0/24, expect: deny                            => holds
            from: a/web, to: world, expect: deny                                   => fails
            from: a/db, to: [a/web, b/other, world], expect: deny                  => holds
            to: a/db, only: [{from: a/web, ports: 5432}]                           => holds
            to: a/db, only: [{from: a/web, ports: [5432, 5433]}]                   => fails
            to: a/db, atMost: [{from: a/web, ports: [5432, 5433]}]                 => holds
            to: a/db, atMost: [{from: a/web, ports: 5433}]                         => fails
            to: a/db, only: []                                                     => fails
            to: a/web, only: []                                                    => fails
            from: a/db, only: []                                                   => holds
            from: a/web, only: [{to: a/db, ports: 5432}, {to: 192.0.2.0/25, ports: 443}] => holds
            from: a/web, only: [{to: a/db, ports: 5432}, {to: 192.0.2.0/26, ports: 443}] => fails
            from: a/web, atMost: [{to: a/db}, {to: 192.0.0.0/16, ports: 443}]      => holds
            """)
    void judges(String test, String outcome) {
        assertThat(run(test, CLUSTER).holds() ? "holds" : "fails").isEqualTo(outcome);
    }

    @Test
    void aFailureNamesTheRulesAndTheNearestMiss() {
        IntentReport report = run("from: b/other, to: a/db, ports: 5432, expect: allow", CLUSTER);
        FailureText text = new FailureText(CLUSTER);
        Failure failure = report.outcomes().getFirst().failures().getFirst();
        assertThat(text.headline(failure)).isEqualTo("b/other => a/db : TCP 5432 is denied, allow expected");
        assertThat(text.reasons(failure))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("ingress denied: no rule allows it")
                                .contains("<stdin>:"),
                        line -> assertThat(line)
                                .startsWith(
                                        "nearest miss: NetworkPolicy a/db ingress[0] allows this port, for pods app=web"));
    }

    @Test
    void podsThatAreAssumedTakePartUnlessTheyAreThere() {
        List<String> problems = new ArrayList<>();
        IntentFile file = Shop.intents("""
                assume:
                  - {pod: kube-system/dns, labels: {k8s-app: kube-dns}, ports: [UDP 53]}
                  - {pod: a/second, labels: {app: web}}
                tests:
                  - {name: n, from: a/web, to: kube-system/dns, expect: deny}
                """, problems);
        assertThat(problems).isEmpty();
        Snapshot complete = file.complete(CLUSTER);
        assertThat(complete.pods()).hasSize(CLUSTER.pods().size() + 1);
        assertThat(new IntentRunner(file, complete).run().holds()).isTrue();
    }

    /** Replicas are judged against each other, a pod never against itself. */
    @Test
    void membersOfOneWorkload() {
        Snapshot two = Yaml.snapshot(
                Yaml.deployment("a", "web", 80).replace("selector:", "replicas: 2\n  selector:"),
                Yaml.policy("a", "deny", "podSelector: {}\npolicyTypes: [Ingress]\n"));
        IntentReport report = run("from: a/web, to: a/web, expect: allow, ports: 80", two);
        assertThat(report.outcomes().getFirst().failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.decision().verdict()).hasToString("deny"));
    }
}
