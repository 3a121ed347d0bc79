package io.sluice.bench;

import java.util.Arrays;

/** Figures of one kind, sorted. */
final class Series {
    private final double[] sorted;

    /** @throws IllegalArgumentException if there is none */
    Series(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no figures");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    int size() {
        return sorted.length;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }

    double median() {
        return quantile(0.5);
    }

    /**
     * The value below which the given share lies, interpolated between neighbours.
     *
     * @param share 0 to 1
     */
    double quantile(double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
