package io.sluice.analysis.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.reach.Ends;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import io.sluice.testing.Chance;
import io.sluice.testing.RandomCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectivityDiffTest {
    private static final String WEB = Yaml.deployment("shop", "web", 8080);
    private static final String DB = Yaml.deployment("shop", "db", 5432);

    private static String db(String from, String ports) {
        return Yaml.policy(
                "shop",
                "db",
                "podSelector: {matchLabels: {app: db}}\ningress:\n  - from: [" + from + "]\n    ports: [" + ports
                        + "]\n");
    }

    private static final String DENY = Yaml.policy("shop", "deny", "podSelector: {matchLabels: {app: db}}");
    private static final String FROM_WEB = "{podSelector: {matchLabels: {app: web}}}";

    private static DiffReport diff(List<String> before, List<String> after) {
        return DiffReport.of(
                ConnectivityDiff.of(
                        Yaml.snapshot(before.toArray(String[]::new)),
                        Yaml.snapshot(after.toArray(String[]::new)),
                        Ends.Level.WORKLOADS),
                AllowList.NONE);
    }

    private static String text(DiffReport report) {
        return new TextDiff(UnaryOperator.identity(), UnaryOperator.identity()).of(report);
    }

    @Test
    void aRuleMore() {
        assertThat(text(diff(
                        List.of(WEB, DB, db(FROM_WEB, "{port: 5432}")),
                        List.of(WEB, DB, db(FROM_WEB, "{port: 5432}, {port: 9090}")))))
                .isEqualTo("""
                        0 gained, 0 lost, 1 changed.

                        Changed
                          ~ shop/web[Deployment] => shop/db[Deployment] : TCP 5432 -> TCP 5432,9090 (gained TCP 9090)
                              because NetworkPolicy shop/db has a new or edited rule ingress[0]  <stdin>:27
                        """);
    }

    @Test
    void whatBecomesReachableFromOutsideIsAlarming() {
        DiffReport report = diff(
                List.of(WEB, DB, DENY, db(FROM_WEB, "{port: 5432}")),
                List.of(WEB, DB, DENY, db(FROM_WEB + ", {ipBlock: {cidr: 0.0.0.0/0}}", "{port: 5432}")));
        assertThat(text(report))
                .contains("1 gained, 0 lost, 0 changed.")
                .contains("WARNING: shop/db[Deployment] becomes reachable from outside")
                .contains("+ 0.0.0.0-255.255.255.255[External] => shop/db[Deployment] : TCP 5432");
        assertThat(MarkdownDiff.of(report))
                .contains("> **Warning** Becomes reachable from outside the cluster: `shop/db");
        assertThat(JsonDiff.of(report)).contains("\"openedFromOutside\": 1", "\"what\": \"rule-added\"");
    }

    @Test
    void thePolicyThatIsGoneIsNamed() {
        assertThat(text(diff(List.of(WEB, DB, DENY), List.of(WEB, DB))))
                .contains("because NetworkPolicy shop/deny is gone and isolates no longer  <stdin>:");
        assertThat(text(diff(List.of(WEB, DB), List.of(WEB, DB, DENY))))
                .contains("because NetworkPolicy shop/deny is new and isolates for ingress  <stdin>:");
    }

    @Test
    void aNewWorkloadIsNoPolicysDoing() {
        assertThat(text(diff(List.of(WEB), List.of(WEB, DB)))).contains("because shop/db[Deployment] is new");
    }

    @Test
    void changedLabelsAreNamedWhereNoPolicyChanged() {
        String relabelled = DB.replace("labels: {app: db}", "labels: {app: database}");
        assertThat(text(diff(List.of(WEB, DB, DENY), List.of(WEB, relabelled, DENY))))
                .contains("labels, ports");
    }

    @Test
    void movingPoliciesBetweenFilesIsNoDifference() {
        DiffReport report = diff(
                List.of(WEB, DB, DENY, db(FROM_WEB, "{port: 1}")), List.of(db(FROM_WEB, "{port: 1}"), DENY, DB, WEB));
        assertThat(report.unexpected()).isEmpty();
        assertThat(report.summary()).isEqualTo("No difference: the same connections are allowed.");
    }

    /** Ranges that fare alike are one line, however many blocks divide them. */
    @Test
    void neighbouringRangesAreJoined() {
        DiffReport report = diff(
                List.of(DB, db("{ipBlock: {cidr: 10.0.0.0/9}}", "{port: 1}")),
                List.of(
                        DB,
                        db(
                                "{ipBlock: {cidr: 10.0.0.0/9}}, {ipBlock: {cidr: 10.128.0.0/10}}, {ipBlock: {cidr: 10.192.0.0/10}}",
                                "{port: 1}")));
        assertThat(report.unexpected())
                .singleElement()
                .satisfies(one -> assertThat(one.from().name()).isEqualTo("10.128.0.0-10.255.255.255[External]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            + shop/web[Deployment] => shop/db[Deployment] : TCP 9090                 | true
            + shop/web[Deployment] => shop/db[Deployment]                            | true
            + shop/web* => * : TCP 9000-9999                                         | true
            + * => *                                                                 | true
            + shop/web[Deployment] => shop/db[Deployment] : TCP 9091                 | false
            - shop/web[Deployment] => shop/db[Deployment]                            | false
            + shop/other => shop/db[Deployment]                                      | false
            """)
    void differencesThatAreMeant(String line, boolean covered) {
        List<Difference> differences = ConnectivityDiff.of(
                Yaml.snapshot(WEB, DB, db(FROM_WEB, "{port: 5432}")),
                Yaml.snapshot(WEB, DB, db(FROM_WEB, "{port: 5432}, {port: 9090}")),
                Ends.Level.WORKLOADS);
        AllowList list = AllowList.read(List.of("# why", "", line));
        assertThat(DiffReport.of(differences, list).unexpected().isEmpty()).isEqualTo(covered);
        assertThat(list.unused().isEmpty()).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop/web => shop/db          | 2: error: expected
            + shop/web                   | 2: error: expected
            + a => b : XYZ 9             | 2: error: no traffic
            """)
    void aBadLineOfTheAllowFile(String line, String message) {
        assertThatThrownBy(() -> AllowList.read(List.of("# why", line)))
                .isInstanceOf(AllowList.BadLine.class)
                .hasMessageContaining(message);
    }

    /** On random clusters: a cluster equals itself, and a policy less makes a difference exactly if a witness is found. */
    @Test
    void aWitnessIsFoundExactlyWhereThereIsADifference() {
        long seed = Chance.seed(900);
        for (int i = 0; i < 100; i++) {
            Snapshot before = RandomCluster.of(new Chance(seed + i), 6, 6);
            List<io.sluice.policy.model.Policy> fewer = new ArrayList<>(before.policies());
            fewer.removeFirst();
            VerdictTable one = VerdictTable.of(before);
            VerdictTable other = VerdictTable.of(before.withPolicies(fewer));
            assertThat(ConnectivityDiff.firstDifference(one, one, false)).isEmpty();
            boolean differs = !ConnectivityDiff.of(one, other, Ends.Level.PODS).isEmpty();
            if (differs) {
                assertThat(ConnectivityDiff.firstDifference(one, other, false))
                        .as("seed %d", seed + i)
                        .isPresent();
            }
            ConnectivityDiff.firstDifference(one, other, false).ifPresent(witness -> {
                assertThat(one.verdict(witness.before().orElseThrow()))
                        .isNotEqualTo(other.verdict(witness.after().orElseThrow()));
                assertThat(witness.before().orElseThrow())
                        .isEqualTo(witness.after().orElseThrow());
            });
        }
    }
}
