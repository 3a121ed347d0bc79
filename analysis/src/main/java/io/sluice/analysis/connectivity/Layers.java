package io.sluice.analysis.connectivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A layered layout (Sugiyama, Tagawa, Toda 1981): boxes in columns so that most arrows lead to the right, ordered within
 * a column by the mean place of their neighbours so that few arrows cross.
 */
final class Layers {
    private static final int SWEEPS = 12;

    private final List<List<Integer>> columns = new ArrayList<>();

    private Layers(Drawing drawing) {
        int[] column = columns(drawing);
        int last = Arrays.stream(column).max().orElse(0) + 1;
        for (int box = 0; box < column.length; box++) {
            column[box] = switch (drawing.boxes().get(box).side()) {
                case LEFT -> 0;
                case ANYWHERE -> column[box];
                case RIGHT -> last;
            };
        }
        for (int c = 0; c <= last; c++) {
            columns.add(new ArrayList<>());
        }
        for (int box = 0; box < column.length; box++) {
            columns.get(column[box]).add(box);
        }
        columns.removeIf(List::isEmpty);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            order(drawing, sweep % 2 == 0);
        }
    }

    /** The boxes of each column from the top, the columns from the left. */
    static List<List<Integer>> of(Drawing drawing) {
        return new Layers(drawing).columns;
    }

    /** The longest path that leads to a box, over arrows that close no circle in the order of a depth-first walk. */
    private static int[] columns(Drawing drawing) {
        int count = drawing.boxes().size();
        List<List<Integer>> out = neighbours(drawing, count);
        int[] incoming = new int[count];
        telling(drawing).forEach(arrow -> incoming[arrow.to()]++);
        List<Integer> roots = new ArrayList<>();
        for (int box = 0; box < count; box++) {
            roots.add(box);
        }
        // Who is reached least and reaches most stands at the left.
        roots.sort(java.util.Comparator.comparingInt(
                box -> incoming[box] - out.get(box).size()));
        int[] state = new int[count];
        List<Integer> finished = new ArrayList<>();
        List<List<Integer>> forward = new ArrayList<>();
        for (int box = 0; box < count; box++) {
            forward.add(new ArrayList<>());
        }
        roots.forEach(root -> walk(root, out, state, finished, forward));
        int[] column = new int[count];
        for (int box : finished.reversed()) {
            for (int next : forward.get(box)) {
                column[next] = Math.max(column[next], column[box] + 1);
            }
        }
        return column;
    }

    /** Iterative, since a chain of workloads may be long. */
    private static void walk(
            int root, List<List<Integer>> out, int[] state, List<Integer> finished, List<List<Integer>> forward) {
        if (state[root] != 0) {
            return;
        }
        List<int[]> stack = new ArrayList<>();
        stack.add(new int[] {root, 0});
        state[root] = 1;
        while (!stack.isEmpty()) {
            int[] top = stack.getLast();
            List<Integer> next = out.get(top[0]);
            if (top[1] == next.size()) {
                stack.removeLast();
                state[top[0]] = 2;
                finished.add(top[0]);
                continue;
            }
            int to = next.get(top[1]++);
            if (state[to] != 1) {
                forward.get(top[0]).add(to);
            }
            if (state[to] == 0) {
                state[to] = 1;
                stack.add(new int[] {to, 0});
            }
        }
    }

    private static List<List<Integer>> neighbours(Drawing drawing, int count) {
        List<List<Integer>> out = new ArrayList<>();
        for (int box = 0; box < count; box++) {
            out.add(new ArrayList<>());
        }
        telling(drawing).forEach(arrow -> out.get(arrow.from()).add(arrow.to()));
        return out;
    }

    /** The arrows that say who depends on whom: those about some ports, if there are any. */
    private static List<Drawing.Arrow> telling(Drawing drawing) {
        List<Drawing.Arrow> some = drawing.arrows().stream()
                .filter(arrow -> !arrow.label().equals("All Connections"))
                .toList();
        return some.isEmpty() ? drawing.arrows() : some;
    }

    private void order(Drawing drawing, boolean leftToRight) {
        double[] place = new double[drawing.boxes().size()];
        for (List<Integer> column : columns) {
            for (int i = 0; i < column.size(); i++) {
                place[column.get(i)] = (i + 0.5) / column.size();
            }
        }
        double[] sum = new double[place.length];
        int[] count = new int[place.length];
        for (Drawing.Arrow arrow : drawing.arrows()) {
            int mover = leftToRight ? arrow.to() : arrow.from();
            int fixed = leftToRight ? arrow.from() : arrow.to();
            sum[mover] += place[fixed];
            count[mover]++;
        }
        for (List<Integer> column : columns) {
            column.sort(
                    java.util.Comparator.comparingDouble(box -> count[box] == 0 ? place[box] : sum[box] / count[box]));
        }
    }
}
