package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;

/** A table that reads well both on a terminal and as Markdown: first column to the left, figures to the right. */
final class Table {
    private final List<List<String>> lines = new ArrayList<>();

    Table(String... heads) {
        lines.add(List.of(heads));
    }

    void add(String... cells) {
        if (cells.length != lines.getFirst().size()) {
            throw new IllegalArgumentException(
                    "the table has " + lines.getFirst().size() + " columns");
        }
        lines.add(List.of(cells));
    }

    @Override
    public String toString() {
        int columns = lines.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (int l = 0; l < lines.size(); l++) {
            for (int i = 0; i < columns; i++) {
                String cell = lines.get(l).get(i);
                String fill = " ".repeat(widths[i] - cell.length());
                out.append("| ").append(i == 0 ? cell + fill : fill + cell).append(' ');
            }
            out.append("|\n");
            if (l == 0) {
                for (int i = 0; i < columns; i++) {
                    out.append(i == 0 ? "|:" + "-".repeat(widths[i] + 1) : "|" + "-".repeat(widths[i] + 1) + ":");
                }
                out.append("|\n");
            }
        }
        return out.toString();
    }
}
