package io.sluice.analysis.intents.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.intents.IntentFile;
import io.sluice.analysis.intents.IntentReader;
import io.sluice.analysis.intents.IntentReport;
import io.sluice.analysis.intents.IntentRunner;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Snapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** One intent that holds and one that does not, in every form. */
class ReportsTest {
    private static final Snapshot CLUSTER = Yaml.snapshot(
            Yaml.deployment("a", "web", 8080),
            Yaml.deployment("a", "db", 5432),
            Yaml.policy("a", "deny", "podSelector: {matchLabels: {app: db}}\npolicyTypes: [Ingress]\n"));

    private static IntentReport report() {
        List<Diagnostic> problems = new ArrayList<>();
        IntentFile file =
                IntentReader.read(ObjectText.read("f.yaml", """
                tests:
                  - {name: "held & #1", from: a/db, to: a/web, expect: allow}
                  - {name: broken, from: a/web, to: a/db, ports: [TCP 5432], expect: allow, why: "orders <need> it"}
                """.getBytes(StandardCharsets.UTF_8), problems), problems);
        assertThat(problems).isEmpty();
        return new IntentRunner(file, CLUSTER).run();
    }

    @Test
    void text() {
        assertThat(new TextReport(UnaryOperator.identity(), UnaryOperator.identity()).of(Result.of(report(), CLUSTER)))
                .isEqualTo("""
                        ok      held & #1 (1 pair)
                        not ok  broken (f.yaml:3)
                                  why: orders <need> it
                                a/web => a/db : TCP 5432 is denied, allow expected
                                  ingress denied: no rule allows it, and it is isolated by NetworkPolicy a/deny (<stdin>:21)
                        2 tests, 1 failed
                        """);
    }

    @Test
    void tap() {
        assertThat(TapReport.of(Result.of(report(), CLUSTER))).isEqualTo("""
                TAP version 14
                1..2
                ok 1 - held & \\#1
                not ok 2 - broken
                  ---
                  why: "orders <need> it"
                  at: "f.yaml:3:5"
                  failures:
                    - message: "a/web => a/db : TCP 5432 is denied, allow expected"
                      reasons:
                        - "ingress denied: no rule allows it, and it is isolated by NetworkPolicy a/deny (<stdin>:21)"
                  ...
                """);
    }

    @Test
    void junitIsWellFormed() throws Exception {
        String xml = JunitReport.of("test", "f.yaml", Result.of(report(), CLUSTER));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        var cases = document.getElementsByTagName("testcase");
        assertThat(cases.getLength()).isEqualTo(2);
        assertThat(cases.item(0).getAttributes().getNamedItem("name").getNodeValue())
                .isEqualTo("held & #1");
        assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
                .startsWith("f.yaml:3:5\nwhy: orders <need> it\na/web => a/db : TCP 5432 is denied");
    }

    @Test
    void json() {
        assertThat(JsonReport.of(report(), CLUSTER, Optional.empty(), Optional.empty()))
                .contains("\"passed\": 1,\n  \"failed\": 1,")
                .contains(
                        "\"traffic\": \"TCP 5432\",\n          \"expected\": \"allow\",\n          \"verdict\": \"deny\"");
    }
}
