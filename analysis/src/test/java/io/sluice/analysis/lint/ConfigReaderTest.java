package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.check.Checks;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration changes, and what is said of one that is wrong. */
class ConfigReaderTest {
    private static final String FIRING = Examples.firing("egress-to-world").orElseThrow();

    @ParameterizedTest
    @CsvSource({"error, ERROR", "info, INFO"})
    void severityIsTaken(String written, Severity severity) {
        LintConfig config = Lints.config("checks: {egress-to-world: " + written + "}");
        assertThat(Lints.of(FIRING, config).findings())
                .extracting(Finding::severity)
                .containsExactly(severity);
    }

    @Test
    void aCheckIsTurnedOff() {
        assertThat(Lints.of(FIRING, Lints.config("checks: {egress-to-world: off}"))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checks: {egress-to-wrld: off}            | 1:10 there is no check egress-to-wrld; did you mean egress-to-world?",
                "checks: {egress-to-world: loud}          | 1:27 not a severity: loud; write error, warning, info or off",
                "check: {}                                | 1:1 unknown key check; did you mean checks?",
                "labels: [{kinds: [Pod], require: [a]}]   | 1:25 unknown key require; did you mean required?",
                "labels: [{required: [a]}]                | 1:10 a label standard needs kinds; such as kinds: [Pod, Namespace]",
                "labels: [{kinds: [Pod], name: '['}]      | 1:31 not a regular expression: Unclosed character class; ",
            })
    void whatIsWrongIsSaidWithItsPlace(String yaml, String said) {
        List<Diagnostic> problems = new ArrayList<>();
        ObjectText text = ObjectText.read("c.yaml", yaml.getBytes(StandardCharsets.UTF_8), problems);
        ConfigReader.read(text, Checks.all(), problems);
        assertThat(problems)
                .extracting(
                        p -> p.position().line() + ":" + p.position().column() + " " + p.message() + "; " + p.hint())
                .first()
                .asString()
                .isEqualToIgnoringWhitespace(said);
    }
}
