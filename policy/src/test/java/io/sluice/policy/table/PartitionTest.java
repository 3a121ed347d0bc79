package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class PartitionTest {
    @Test
    void aClassHasTheFeaturesOfItsThingsInTheOrderOfTheSplits() {
        Partition partition = new Partition(4);
        partition.split(7, RoaringBitmap.bitmapOf(0, 1));
        partition.split(3, RoaringBitmap.bitmapOf(1, 2));
        assertThat(partition.features(partition.classOf(0))).containsExactly(7);
        assertThat(partition.features(partition.classOf(1))).containsExactly(7, 3);
        assertThat(partition.features(partition.classOf(2))).containsExactly(3);
        assertThat(partition.classOf(3)).isEqualTo(Partition.NONE);
        assertThat(partition.features(Partition.NONE)).isEmpty();
    }

    @Test
    void thingsAreInOneClassExactlyIfTheyHaveTheSameFeatures() {
        SplittableRandom random = new SplittableRandom(1);
        int things = 60;
        int features = 9;
        Partition partition = new Partition(things);
        RoaringBitmap touched = new RoaringBitmap();
        for (int round = 0; round < 20; round++) {
            boolean[][] has = new boolean[features][things];
            for (int f = 0; f < features; f++) {
                RoaringBitmap members = new RoaringBitmap();
                for (int t = 0; t < things; t++) {
                    has[f][t] = random.nextInt(3) == 0;
                    if (has[f][t]) {
                        members.add(t);
                    }
                }
                touched.or(members);
                partition.split(f, members);
            }
            for (int a = 0; a < things; a++) {
                for (int b = 0; b < things; b++) {
                    assertThat(partition.classOf(a) == partition.classOf(b))
                            .isEqualTo(column(has, a).equals(column(has, b)));
                }
            }
            partition.forget(touched);
            for (int t = 0; t < things; t++) {
                assertThat(partition.classOf(t)).isEqualTo(Partition.NONE);
            }
        }
    }

    private static String column(boolean[][] has, int thing) {
        StringBuilder out = new StringBuilder();
        for (boolean[] feature : has) {
            out.append(feature[thing] ? '1' : '0');
        }
        return out.toString();
    }
}
