package io.sluice.analysis.connectivity;

import java.util.ArrayList;
import java.util.List;

/** An arrow's way: cubic curves that leave and arrive level, and straight pieces. */
final class Curve {
    private record Piece(int[] xs, int[] ys) {}

    private final StringBuilder path = new StringBuilder();
    private final List<Piece> pieces = new ArrayList<>();
    private int x;
    private int y;

    Curve(int x, int y) {
        this.x = x;
        this.y = y;
        path.append('M').append(x).append(' ').append(y);
    }

    void to(int toX, int toY) {
        int bend = (toX - x) / 2;
        cubic(x + bend, toX - bend, toX, toY);
    }

    /** Out at the right and back to the right. */
    void loop(int toX, int toY) {
        int out = Math.max(x, toX) + 46;
        cubic(out, out, toX, toY);
    }

    void straight(int toX, int toY) {
        path.append('L').append(toX).append(' ').append(toY);
        x = toX;
        y = toY;
    }

    private void cubic(int c1, int c2, int toX, int toY) {
        path.append('C')
                .append(c1)
                .append(' ')
                .append(y)
                .append(' ')
                .append(c2)
                .append(' ')
                .append(toY);
        path.append(' ').append(toX).append(' ').append(toY);
        pieces.add(new Piece(new int[] {x, c1, c2, toX}, new int[] {y, y, toY, toY}));
        x = toX;
        y = toY;
    }

    /** How many curved pieces there are; those are where a label may stand. */
    int curved() {
        return pieces.size();
    }

    /** @param at from 0 to 1 within the piece */
    int x(int piece, double at) {
        return point(pieces.get(piece).xs, at);
    }

    int y(int piece, double at) {
        return point(pieces.get(piece).ys, at);
    }

    private static int point(int[] p, double t) {
        double u = 1 - t;
        return (int) Math.round(u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3]);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
