package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntBagTest {
    @Test
    void whatCameLastLeavesFirst() {
        IntBag bag = new IntBag();
        assertThat(bag.isEmpty()).isTrue();
        IntStream.of(3, 1, 2).forEach(bag::add);
        assertThat(bag.isEmpty()).isFalse();
        assertThat(bag.sorted()).containsExactly(1, 2, 3);
        assertThat(new int[] {bag.take(), bag.take(), bag.take()}).containsExactly(2, 1, 3);
        assertThat(bag.isEmpty()).isTrue();
    }

    @Test
    void holdsManyAndTheSameTwice() {
        IntBag bag = new IntBag();
        IntStream.range(0, 100).map(i -> 99 - i).forEach(bag::add);
        bag.add(5);
        assertThat(bag.sorted()).hasSize(101).startsWith(0, 1, 2, 3, 4, 5, 5, 6).endsWith(98, 99);
    }
}
