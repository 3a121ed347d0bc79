package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.check.Checks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check fires in its firing example; in the other one neither it nor any warning does. */
class ExamplesTest {
    static Stream<String> ids() {
        return Linter.abouts(Checks.all()).stream().map(About::id);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void fires(String id) {
        LintResult result = Lints.of(Examples.firing(id).orElseThrow(), config(id));
        assertThat(result.findings()).extracting(Finding::id).contains(id);
        assertThat(result.findings())
                .filteredOn(finding -> finding.id().equals(id))
                .allSatisfy(finding -> {
                    assertThat(finding.position().line()).isPositive();
                    assertThat(finding.fix()).isNotEmpty();
                });
    }

    @ParameterizedTest
    @MethodSource("ids")
    void isQuiet(String id) {
        LintResult result = Lints.of(Examples.quiet(id).orElseThrow(), config(id));
        assertThat(result.findings())
                .filteredOn(
                        finding -> finding.id().equals(id) || finding.severity().fails())
                .isEmpty();
    }

    /** What a firing example shows is what it is for: at most one other check speaks as loudly. */
    @ParameterizedTest
    @MethodSource("ids")
    void firesAlmostAlone(String id) {
        List<String> others = Lints.of(Examples.firing(id).orElseThrow(), config(id)).findings().stream()
                .filter(finding -> finding.severity().fails() && !finding.id().equals(id))
                .map(Finding::id)
                .distinct()
                .toList();
        assertThat(others).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void idsAreDistinctAndKebabCase() {
        assertThat(ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
    }

    private static LintConfig config(String id) {
        return Examples.config(id).map(Lints::config).orElse(LintConfig.DEFAULT);
    }
}
