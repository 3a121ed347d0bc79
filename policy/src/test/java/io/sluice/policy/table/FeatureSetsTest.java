package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSetsTest {
    private final FeatureSets sets = new FeatureSets();

    private static int[] read(String numbers) {
        return Arrays.stream(numbers.split(" "))
                .filter(text -> !text.isEmpty())
                .mapToInt(text -> text.startsWith("-")
                        ? FeatureSets.gone(Integer.parseInt(text.substring(1)))
                        : Integer.parseInt(text))
                .toArray();
    }

    @Test
    void equalSetsHaveOneNumber() {
        int number = sets.number(read("1 2"));
        assertThat(sets.number(read("1 2"))).isEqualTo(number);
        assertThat(sets.number(read("1 3"))).isNotEqualTo(number);
        assertThat(sets.of(number)).containsExactly(1, 2);
        assertThat(sets.number(read(""))).isEqualTo(FeatureSets.NONE);
        assertThat(sets.count()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} changed by {1} is {2}")
    @CsvSource({
        "'',      '',       ''",
        "2 4,     '',       2 4",
        "'',      5 3,      3 5",
        "2 4,     3 0,      0 2 3 4",
        "2 4,     -2,       4",
        "2 4,     -4,       2",
        "2 4,     -2 -4,    ''",
        "0 2 4,   -0 1,     1 2 4",
        "2 4,     -3,       2 4",
        "2 4,     5 -2 1,   1 4 5",
    })
    void comeAndGo(String before, String changes, String after) {
        int number = sets.changed(sets.number(read(before)), read(changes));
        assertThat(sets.of(number)).containsExactly(read(after));
        assertThat(sets.number(read(after))).isEqualTo(number);
    }

    @Test
    void goneAndBackAgain() {
        assertThat(FeatureSets.gone(0)).isNegative();
        assertThat(FeatureSets.gone(FeatureSets.gone(7))).isEqualTo(7);
    }
}
