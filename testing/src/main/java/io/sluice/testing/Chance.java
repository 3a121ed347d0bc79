package io.sluice.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Random choices that one seed decides. Not thread-safe. */
public final class Chance {
    private final SplittableRandom random;

    public Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The seed of a run: the system property {@code sluice.seed}, or else the one given. */
    public static long seed(long otherwise) {
        return Long.getLong("sluice.seed", otherwise);
    }

    /** A number from 0 to below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public long bits() {
        return random.nextLong();
    }

    /** True in so many of a hundred cases. */
    public boolean percent(int cases) {
        return random.nextInt(100) < cases;
    }

    public <T> T among(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T among(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** So many, up to a bound, most often few. */
    public <T> List<T> some(int most, Supplier<T> make) {
        int count = Math.min(between(0, most), between(0, most) + 1);
        List<T> out = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            out.add(make.get());
        }
        return out;
    }

    public <T> List<T> shuffled(List<T> list) {
        List<T> out = new ArrayList<>(list);
        for (int i = out.size() - 1; i > 0; i--) {
            out.set(i, out.set(random.nextInt(i + 1), out.get(i)));
        }
        return out;
    }
}
