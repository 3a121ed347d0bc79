package io.sluice.analysis.lint.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Finding;
import io.sluice.analysis.lint.Severity;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The structure that sarif-schema-2.1.0.json requires of what is written: required properties, allowed ones, values. */
class SarifReportTest {
    private static final List<About> CHECKS = List.of(
            new About("one", Severity.ERROR, "One.", "Because.", "Do."),
            new About("two", Severity.WARNING, "Two.", "Because.", "Do."));

    private static final List<Finding> FINDINGS = List.of(
            new Finding("one", Severity.ERROR, new SourcePosition("a.yaml", 3, 7), "wrong", "Do."),
            new Finding("one", Severity.ERROR, new SourcePosition("a.yaml", 9, 7), "wrong", "Do."),
            new Finding("two", Severity.INFO, new SourcePosition("b.yaml", 0, 0), "hm", ""),
            new Finding("three", Severity.WARNING, SourcePosition.NONE, "of no place", ""));

    private final ObjectText log = read(SarifReport.of(FINDINGS, CHECKS, "0.1.0"));

    private static ObjectText read(String json) {
        List<Diagnostic> problems = new ArrayList<>();
        ObjectText text = ObjectText.read("log.json", json.getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems).isEmpty();
        return text;
    }

    @Test
    void logAndRun() {
        // sarifLog: required version, runs; version is the enumeration ["2.1.0"].
        assertThat(log.keys()).containsExactly("$schema", "version", "runs");
        assertThat(log.text("version")).contains("2.1.0");
        assertThat(log.size("runs")).isEqualTo(1);
        // run: required tool; additionalProperties false.
        assertThat(log.keys("runs", 0)).containsExactly("tool", "columnKind", "results");
        assertThat(log.text("runs", 0, "columnKind")).contains("unicodeCodePoints");
        // tool: required driver; toolComponent: required name.
        assertThat(log.keys("runs", 0, "tool")).containsExactly("driver");
        assertThat(log.keys("runs", 0, "tool", "driver")).containsExactly("name", "version", "rules");
    }

    @Test
    void rules() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < CHECKS.size(); i++) {
            // reportingDescriptor: required id; rules are uniqueItems.
            Object[] rule = {"runs", 0, "tool", "driver", "rules", i};
            assertThat(log.keys(rule))
                    .containsExactly("id", "shortDescription", "fullDescription", "help", "defaultConfiguration");
            assertThat(ids.add(text(rule, "id"))).isTrue();
            // multiformatMessageString: required text.
            for (String part : List.of("shortDescription", "fullDescription", "help")) {
                assertThat(text(rule, part, "text")).isNotEmpty();
            }
            assertThat(text(rule, "defaultConfiguration", "level")).isIn("none", "note", "warning", "error");
        }
    }

    @Test
    void results() {
        Set<String> prints = new HashSet<>();
        for (int i = 0; i < FINDINGS.size(); i++) {
            Object[] result = {"runs", 0, "results", i};
            // result: required message; message: required text or id.
            assertThat(log.keys(result))
                    .isSubsetOf("ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints");
            assertThat(text(result, "message", "text")).isNotEmpty();
            assertThat(text(result, "level")).isIn("none", "note", "warning", "error");
            // ruleIndex: minimum -1, default -1, an index into rules.
            log.text(path(result, "ruleIndex"))
                    .ifPresent(index -> assertThat(text(
                                    new Object[] {"runs", 0, "tool", "driver", "rules", Integer.parseInt(index)}, "id"))
                            .isEqualTo(text(result, "ruleId")));
            assertThat(prints.add(text(result, "partialFingerprints", "idFileMessage/v1")))
                    .isTrue();
            for (int l = 0; l < log.size(path(result, "locations")); l++) {
                Object[] place = path(result, "locations", l, "physicalLocation");
                // physicalLocation: required address or artifactLocation; region: startLine, startColumn minimum 1.
                assertThat(text(place, "artifactLocation", "uri")).isNotEmpty();
                for (String number : List.of("startLine", "startColumn")) {
                    log.text(path(place, "region", number))
                            .ifPresent(n -> assertThat(Integer.parseInt(n)).isPositive());
                }
            }
        }
        assertThat(log.has("runs", 0, "results", 2, "locations", 0, "physicalLocation", "region"))
                .isFalse();
        assertThat(log.has("runs", 0, "results", 3, "locations")).isFalse();
    }

    private String text(Object[] base, Object... more) {
        return log.text(path(base, more)).orElseThrow();
    }

    private static Object[] path(Object[] base, Object... more) {
        List<Object> path = new ArrayList<>(List.of(base));
        path.addAll(List.of(more));
        return path.toArray();
    }
}
