package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures of several configurations that took turns: one figure of each in a round. A ratio is taken within a round,
 * so that what slows the machine for a while slows both of its sides.
 */
final class Rounds {
    private final int width;
    private final List<double[]> rounds = new ArrayList<>();

    /** @param width how many configurations take turns */
    Rounds(int width) {
        this.width = width;
    }

    /** @param figures one for each configuration, in their order */
    void add(double[] figures) {
        if (figures.length != width) {
            throw new IllegalArgumentException("a round has " + width + " figures, not " + figures.length);
        }
        rounds.add(figures.clone());
    }

    int count() {
        return rounds.size();
    }

    /** The figures of one configuration. */
    Series figures(int index) {
        return new Series(rounds.stream().mapToDouble(r -> r[index]).toArray());
    }

    /** The ratios, round by round, of one configuration to another. */
    Series ratios(int index, int baseline) {
        return new Series(
                rounds.stream().mapToDouble(r -> r[index] / r[baseline]).toArray());
    }
}
