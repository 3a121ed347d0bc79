package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegistryTest {
    @Test
    void thingsHaveTheNumbersOfTheirOrder() {
        Registry<String> things = new Registry<>();
        IntStream.range(0, 1_000).forEach(i -> assertThat(things.add("t" + i)).isEqualTo(i));
        assertThat(things.count()).isEqualTo(1_000);
        IntStream.range(0, 1_000).forEach(i -> assertThat(things.get(i)).isEqualTo("t" + i));
    }

    @Test
    void aNumberThatWasNotGivenIsRefused() {
        assertThatThrownBy(() -> new Registry<String>().get(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such number: 3");
    }
}
