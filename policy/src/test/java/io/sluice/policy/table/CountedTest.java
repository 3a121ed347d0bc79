package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedTest {
    private final Counted<String> things = new Counted<>();

    @Test
    void equalThingsShareANumberForAsLongAsSomebodyUsesOne() {
        int a = things.acquire("a");
        assertThat(things.acquire("a")).isEqualTo(a);
        assertThat(things.acquire("b")).isNotEqualTo(a);
        things.release(a);
        assertThat(things.uses(a)).isEqualTo(1);
        assertThat(things.acquire("a")).isEqualTo(a);
        assertThat(things.uses(a)).isEqualTo(2);
        assertThat(things.live()).isEqualTo(2);
    }

    @Test
    void noNumberIsGivenTwice() {
        int a = things.acquire("a");
        things.release(a);
        int again = things.acquire("a");
        assertThat(again).isNotEqualTo(a);
        assertThat(things.thing(a)).isEqualTo("a");
        assertThat(things.thing(again)).isEqualTo("a");
        assertThat(things.count()).isEqualTo(2);
        assertThat(things.live()).isEqualTo(1);
        assertThat(things.inUse()).containsExactly("a");
        assertThat(things.numbersInUse().stream()).containsExactly(again);
    }

    @Test
    void onlyWhatIsInUseHasANumber() {
        int a = things.acquire("a");
        assertThat(things.numberOf("a")).isEqualTo(a);
        things.release(a);
        assertThatThrownBy(() -> things.numberOf("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not in use: a");
    }

    @Test
    void bornAndDiedAreSaidSinceItWasSettled() {
        int stays = things.acquire("stays");
        int goes = things.acquire("goes");
        assertThat(things.born()).containsExactly(stays, goes);
        assertThat(things.died()).isEmpty();
        things.settle();
        assertThat(things.born()).isEmpty();

        int passes = things.acquire("passes");
        int comes = things.acquire("comes");
        things.release(passes);
        things.release(goes);
        things.acquire("stays");
        assertThat(things.born()).containsExactly(comes);
        assertThat(things.died()).as("what was not there before did not die").containsExactly(goes);
        assertThat(things.gone()).containsExactly(passes, goes);
        assertThat(things.changed()).containsExactly("comes", "goes");

        things.settle();
        assertThat(things.changed()).isEmpty();
        assertThat(things.gone()).isEmpty();
        things.release(comes);
        assertThat(things.died()).containsExactly(comes);
    }

    @Test
    void manyThingsAreCounted() {
        IntStream.range(0, 1_000).forEach(i -> things.acquire("t" + i));
        IntStream.range(0, 1_000).forEach(i -> {
            assertThat(things.numberOf("t" + i)).isEqualTo(i);
            assertThat(things.uses(i)).isEqualTo(1);
        });
    }
}
