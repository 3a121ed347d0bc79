package io.sluice.analysis.connectivity;

import java.util.ArrayList;
import java.util.List;

/** Where labels stand: on their arrow, and neither on a box nor on another label if there is such a place. */
final class Labels {
    private static final int HEIGHT = 12;

    /** Tried in this order: nearer to the target, where arrows to different boxes have parted. */
    private static final double[] PLACES = {
        0.7, 0.65, 0.6, 0.75, 0.55, 0.5, 0.8, 0.45, 0.4, 0.35, 0.85, 0.3, 0.25, 0.9, 0.2, 0.15
    };

    private final List<int[]> taken = new ArrayList<>();

    /** The middle of a label. */
    record Spot(int x, int y) {}

    void taken(int left, int top, int width, int height) {
        taken.add(new int[] {left, top, left + width, top + height});
    }

    /** Finds a place and takes it. */
    Spot free(Curve curve, int width) {
        Spot best = new Spot(0, 0);
        int least = Integer.MAX_VALUE;
        // The last piece leads to the target alone; the first leaves the source alone.
        for (int i = 0; i < curve.curved() && least > 0; i++) {
            int piece = i == 0 ? curve.curved() - 1 : i - 1;
            for (double at : PLACES) {
                Spot spot = new Spot(curve.x(piece, at), curve.y(piece, at));
                int covered = covered(spot, width);
                if (covered < least) {
                    least = covered;
                    best = spot;
                }
            }
        }
        taken(best.x - width / 2, best.y - HEIGHT / 2, width, HEIGHT);
        return best;
    }

    /** How much of what stands there already a label would cover, in square units. */
    private int covered(Spot spot, int width) {
        int left = spot.x - width / 2;
        int top = spot.y - HEIGHT / 2;
        return taken.stream()
                .mapToInt(t -> Math.max(0, Math.min(left + width, t[2]) - Math.max(left, t[0]))
                        * Math.max(0, Math.min(top + HEIGHT, t[3]) - Math.max(top, t[1])))
                .sum();
    }
}
