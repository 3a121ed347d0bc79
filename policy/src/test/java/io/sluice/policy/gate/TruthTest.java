package io.sluice.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kleene's three values: what is unknown says what it depends on. */
class TruthTest {
    private static Truth read(String text) {
        return switch (text) {
            case "T" -> Truth.of(true);
            case "F" -> Truth.of(false);
            default -> Truth.unknown(text);
        };
    }

    private static String text(Truth truth) {
        assertThat(List.of(truth.isTrue(), truth.isFalse(), truth.isUnknown())).containsOnlyOnce(true);
        return truth.isUnknown() ? String.join("+", truth.on()) : truth.isTrue() ? "T" : "F";
    }

    @ParameterizedTest(name = "{0}: all {1}, any {2}")
    @CsvSource({
        "'',    T,   F",
        "T,     T,   T",
        "F,     F,   F",
        "a,     a,   a",
        "T F,   F,   T",
        "T T,   T,   T",
        "F F,   F,   F",
        "T a,   a,   T",
        "F a,   F,   a",
        "b a,   a+b, a+b",
        "b a T, a+b, T",
        "b a F, F,   a+b",
    })
    void allAndAny(String parts, String all, String any) {
        List<Truth> truths = Arrays.stream(parts.split(" "))
                .filter(text -> !text.isEmpty())
                .map(TruthTest::read)
                .toList();
        assertThat(text(Truth.all(truths))).isEqualTo(all);
        assertThat(text(Truth.any(truths))).isEqualTo(any);
    }

    @ParameterizedTest
    @CsvSource({"T, F", "F, T", "a, a"})
    void not(String truth, String not) {
        assertThat(text(read(truth).not())).isEqualTo(not);
    }
}
