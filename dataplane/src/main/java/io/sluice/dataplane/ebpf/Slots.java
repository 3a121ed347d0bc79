package io.sluice.dataplane.ebpf;

/**
 * What a map element says in each of the two generations.
 *
 * @param <T> the meaning in one generation
 */
record Slots<T>(T zero, T one) {
    T in(int generation) {
        return generation == 0 ? zero : one;
    }

    Slots<T> with(int generation, T value) {
        return generation == 0 ? new Slots<>(value, one) : new Slots<>(zero, value);
    }
}
