package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.report.BaselineJson;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Known findings stay known when lines move, and only as many of them. */
class BaselineTest {
    private static Finding finding(int line, String message) {
        return new Finding("dns-blocked", Severity.WARNING, new SourcePosition("a.yaml", line, 1), message, "Fix it.");
    }

    @Test
    void survivesMovedLinesAndCounts() {
        Baseline baseline = Baseline.of(List.of(finding(3, "one"), finding(9, "two"), finding(12, "two")));
        assertThat(baseline.without(List.of(finding(5, "one"), finding(7, "two"), finding(8, "two"))))
                .isEmpty();
        assertThat(baseline.without(List.of(finding(1, "two"), finding(2, "two"), finding(3, "two"))))
                .containsExactly(finding(3, "two"));
        assertThat(baseline.without(List.of(finding(3, "three")))).hasSize(1);
    }

    @Test
    void isReadAsItWasWritten() {
        Baseline baseline = Baseline.of(List.of(finding(3, "say \"no\""), finding(9, "two"), finding(12, "two")));
        assertThat(read(BaselineJson.of(baseline), new ArrayList<>())).isEqualTo(baseline);
    }

    @Test
    void anotherFileIsRefused() {
        List<Diagnostic> problems = new ArrayList<>();
        read("{\"findings\": []}", problems);
        assertThat(problems).extracting(Diagnostic::code).containsExactly("lint-baseline");
    }

    private static Baseline read(String json, List<Diagnostic> problems) {
        return BaselineJson.read(
                ObjectText.read("baseline.json", json.getBytes(StandardCharsets.UTF_8), problems), problems);
    }
}
