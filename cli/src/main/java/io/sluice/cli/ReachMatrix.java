package io.sluice.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who reaches whom, twice side by side: as the model says and as the wire showed. Rows are sources, columns are
 * destinations in the same order, numbered so that a wide cluster fits a narrow terminal.
 */
final class ReachMatrix {
    private static final String ALL = "●";
    private static final String SOME = "◐";
    private static final String NONE = "·";
    private static final String UNASKED = " ";

    /** Workloads by name, then what stands in parentheses: nodes, the outside. */
    private static final Comparator<String> CLUSTER_FIRST = Comparator.<String, Boolean>comparing(
                    name -> name.startsWith("("))
            .thenComparing(Comparator.naturalOrder());

    private final Map<String, Map<String, Cell>> cells = new LinkedHashMap<>();
    private final List<String> columns = new ArrayList<>();

    /** The probes from one source to one destination, on all ports and both address families together. */
    private record Cell(int probes, int expected, int observed, int mismatches) {
        private static final Cell EMPTY = new Cell(0, 0, 0, 0);

        Cell plus(boolean expectedAllow, boolean observedAllow) {
            return new Cell(
                    probes + 1,
                    expected + (expectedAllow ? 1 : 0),
                    observed + (observedAllow ? 1 : 0),
                    mismatches + (expectedAllow == observedAllow ? 0 : 1));
        }
    }

    void add(String from, String to, boolean expectedAllow, boolean observedAllow) {
        cells.computeIfAbsent(from, _ -> new LinkedHashMap<>());
        if (!columns.contains(to)) {
            columns.add(to);
        }
        cells.get(from)
                .merge(
                        to,
                        Cell.EMPTY.plus(expectedAllow, observedAllow),
                        (a, _) -> a.plus(expectedAllow, observedAllow));
    }

    List<String> lines(Style style) {
        SortedSet<String> sorted = new TreeSet<>(CLUSTER_FIRST);
        sorted.addAll(cells.keySet());
        sorted.addAll(columns);
        List<String> names = List.copyOf(sorted);
        List<String> shown = names.stream().filter(columns::contains).toList();
        int width = names.stream().mapToInt(String::length).max().orElse(0) + 4;
        List<String> lines = new ArrayList<>();
        lines.add(pad("", width) + pad("expected", 2 * shown.size() + 3) + "observed");
        for (boolean tens : names.size() < 10 ? new boolean[] {false} : new boolean[] {true, false}) {
            String numbers = numbers(shown, names, tens);
            lines.add((pad("", width) + numbers + "   " + numbers).stripTrailing());
        }
        for (String from : names) {
            Map<String, Cell> row = cells.getOrDefault(from, Map.of());
            StringBuilder left = new StringBuilder();
            StringBuilder right = new StringBuilder();
            for (String to : shown) {
                Cell cell = row.getOrDefault(to, Cell.EMPTY);
                left.append(mark(cell.probes(), cell.expected(), false, style)).append(' ');
                right.append(mark(cell.probes(), cell.observed(), cell.mismatches() > 0, style))
                        .append(' ');
            }
            lines.add("%2d %s".formatted(names.indexOf(from) + 1, pad(from, width - 3)) + left + "  " + style.dim("│")
                    + right.toString().stripTrailing());
        }
        lines.add(pad("", width) + style.green(ALL) + " every port   " + style.yellow(SOME) + " some ports   " + NONE
                + " none");
        return lines;
    }

    private static String mark(int probes, int allowed, boolean mismatch, Style style) {
        if (probes == 0) {
            return UNASKED;
        }
        String sign = allowed == 0 ? NONE : allowed == probes ? ALL : SOME;
        if (mismatch) {
            return style.alarm(style.isOn() ? sign : "!");
        }
        return allowed == 0 ? style.dim(sign) : allowed == probes ? style.green(sign) : style.yellow(sign);
    }

    private static String numbers(List<String> shown, List<String> names, boolean tens) {
        StringBuilder line = new StringBuilder();
        for (String name : shown) {
            int number = names.indexOf(name) + 1;
            line.append(tens ? (number < 10 ? " " : String.valueOf(number / 10)) : String.valueOf(number % 10))
                    .append(' ');
        }
        return line.toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
