package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {
    private static final int END = TrafficRange.SPACE - 1;

    /** {@code first-last first-last}; {@code END} is the last key of the space. */
    private static Intervals read(String text) {
        List<TrafficRange> ranges = new ArrayList<>();
        for (String range : text == null || text.isEmpty() ? new String[0] : text.split(" ")) {
            int[] ends = Arrays.stream(range.split("-"))
                    .mapToInt(e -> e.equals("END") ? END : Integer.parseInt(e))
                    .toArray();
            ranges.add(new TrafficRange(ends[0], ends[1]));
        }
        return Intervals.of(ranges);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        //  a            b             and         or           a minus b
        "  1-5,          3-9,          3-5,        1-9,         1-2",
        "  1-5,          6-9,          '',         1-9,         1-5",
        "  1-5,          7-9,          '',         1-5 7-9,     1-5",
        "  1-9,          3-4,          3-4,        1-9,         1-2 5-9",
        "  0-END,        3-4,          3-4,        0-END,       0-2 5-END",
        "  3-4,          0-END,        3-4,        0-END,       ''",
        "  1-2 5-6 9-9,  2-5 9-END,    2-2 5-5 9-9, 1-6 9-END,  1-1 6-6",
        "  '',           3-4,          '',         3-4,         ''",
        "  END-END,      0-0,          '',         0-0 END-END, END-END",
    })
    void tableOfOperations(String a, String b, String and, String or, String minus) {
        assertThat(read(a).and(read(b))).isEqualTo(read(and));
        assertThat(read(a).or(read(b))).isEqualTo(read(or));
        assertThat(read(a).minus(read(b))).isEqualTo(read(minus));
    }

    @Test
    void rangesThatTouchOrOverlapBecomeOne() {
        assertThat(read("5-6 1-2 3-3 2-4 7-9").bounds()).containsExactly(1, 9);
    }

    @Test
    void equalSetsAreEqual() {
        assertThat(read("1-2 5-6"))
                .isEqualTo(read("5-6 1-2"))
                .hasSameHashCodeAs(read("5-6 1-2"))
                .isNotEqualTo(read("1-2 5-7"))
                .isNotEqualTo(Intervals.NONE)
                .hasToString("[1, 2, 5, 6]");
    }

    @Test
    void operationsAreThoseOfSetsOnRandomInput() {
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < 2_000; run++) {
            boolean[] a = new boolean[40];
            boolean[] b = new boolean[40];
            Intervals ia = random(random, a);
            Intervals ib = random(random, b);
            for (int key = 0; key < 40; key++) {
                assertThat(has(ia.and(ib), key)).isEqualTo(a[key] && b[key]);
                assertThat(has(ia.or(ib), key)).isEqualTo(a[key] || b[key]);
                assertThat(has(ia.minus(ib), key)).isEqualTo(a[key] && !b[key]);
            }
        }
    }

    private static Intervals random(SplittableRandom random, boolean[] members) {
        List<TrafficRange> ranges = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int first = random.nextInt(40);
            int last = Math.min(39, first + random.nextInt(6));
            ranges.add(new TrafficRange(first, last));
            Arrays.fill(members, first, last + 1, true);
        }
        return Intervals.of(ranges);
    }

    private static boolean has(Intervals intervals, int key) {
        int[] bounds = intervals.bounds();
        for (int i = 0; i < bounds.length; i += 2) {
            assertThat(i == 0 || bounds[i - 1] + 1 < bounds[i])
                    .as("sorted, disjoint, not touching")
                    .isTrue();
            if (bounds[i] <= key && key <= bounds[i + 1]) {
                return true;
            }
        }
        return false;
    }
}
