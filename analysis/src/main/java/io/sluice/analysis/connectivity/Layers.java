package io.sluice.analysis.connectivity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A layered layout (Sugiyama, Tagawa, Toda 1981): boxes in columns so that most arrows lead to the right, ordered within
 * a column by the mean place of their neighbours so that few arrows cross. An arrow that passes a column has a stop
 * there, so that it leads between boxes and not behind them; arrows to one box share their stops.
 */
final class Layers {
    private static final int SWEEPS = 12;

    private final List<List<Integer>> columns = new ArrayList<>();
    private final List<List<Integer>> routes = new ArrayList<>();
    private final List<int[]> links = new ArrayList<>();
    private int places;

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
        int[] used = Arrays.stream(column).distinct().sorted().toArray();
        for (int box = 0; box < column.length; box++) {
            column[box] = Arrays.binarySearch(used, column[box]);
        }
        for (int c = 0; c < used.length; c++) {
            columns.add(new ArrayList<>());
        }
        for (int box = 0; box < column.length; box++) {
            columns.get(column[box]).add(box);
        }
        places = column.length;
        route(drawing, column);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            order(sweep % 2 == 0);
        }
    }

    static Layers of(Drawing drawing) {
        return new Layers(drawing);
    }

    /** Boxes by their places in the drawing, and stops by numbers beyond, from the top; the columns from the left. */
    List<List<Integer>> columns() {
        return columns;
    }

    /** For each arrow the stops on its way. */
    List<List<Integer>> routes() {
        return routes;
    }

    /** How many boxes and stops there are. */
    int places() {
        return places;
    }

    private record Stop(int to, int column) {}

    private void route(Drawing drawing, int[] column) {
        Map<Stop, Integer> stops = new HashMap<>();
        for (Drawing.Arrow arrow : drawing.arrows()) {
            int step = Integer.signum(column[arrow.to()] - column[arrow.from()]);
            List<Integer> route = new ArrayList<>();
            int before = arrow.from();
            for (int c = column[arrow.from()] + step; step != 0 && c != column[arrow.to()]; c += step) {
                int at = c;
                int stop = stops.computeIfAbsent(new Stop(arrow.to(), c), _ -> {
                    columns.get(at).add(places);
                    return places++;
                });
                route.add(stop);
                links.add(new int[] {before, stop});
                before = stop;
            }
            links.add(new int[] {before, arrow.to()});
            routes.add(route);
        }
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
        roots.sort(Comparator.comparingInt(box -> incoming[box] - out.get(box).size()));
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

    private void order(boolean leftToRight) {
        double[] place = new double[places];
        for (List<Integer> column : columns) {
            for (int i = 0; i < column.size(); i++) {
                place[column.get(i)] = (i + 0.5) / column.size();
            }
        }
        double[] sum = new double[places];
        int[] count = new int[places];
        for (int[] link : links) {
            int mover = link[leftToRight ? 1 : 0];
            int fixed = link[leftToRight ? 0 : 1];
            sum[mover] += place[fixed];
            count[mover]++;
        }
        for (List<Integer> column : columns) {
            column.sort(Comparator.comparingDouble(box -> count[box] == 0 ? place[box] : sum[box] / count[box]));
        }
    }
}
