package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures of several configurations that took turns: one figure of each in a round. A ratio is taken within a round,
 * so that what slows the machine for a while slows both of its sides.
 */
final class Rounds {
    private final List<String> names;
    private final List<double[]> rounds = new ArrayList<>();

    Rounds(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** @param figures one for each name, in their order */
    void add(double[] figures) {
        if (figures.length != names.size()) {
            throw new IllegalArgumentException("one figure for each of " + names);
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
