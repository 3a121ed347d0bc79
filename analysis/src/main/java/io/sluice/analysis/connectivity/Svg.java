package io.sluice.analysis.connectivity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Connections as a picture: a box for each end, coloured by namespace, and an arrow for each connection. */
public final class Svg {
    private static final int ROW = 46;
    private static final int BOX = 28;
    private static final int GAP = 170;
    private static final int MARGIN = 24;
    private static final int HEAD = 34;
    private static final int LABELLED_ARROWS = 80;

    /** Fill and edge of the boxes of a namespace; the first is for what is outside. */
    private static final List<String> COLOURS = List.of(
            "#fdecea,#c0392b",
            "#e8f1fb,#2b6cb0",
            "#e9f7ef,#2e8b57",
            "#fef6e4,#b7791f",
            "#f3ebfb,#7e4fb5",
            "#e6f7f8,#1f8a8f",
            "#fbeaf3,#b83280",
            "#eef0f3,#52606d");

    private final Drawing drawing;
    private final List<String> groups;
    private final int[] x;
    private final int[] y;
    private final int[] width;
    private int right;
    private int bottom;

    private Svg(Drawing drawing) {
        this.drawing = drawing;
        TreeSet<String> names = new TreeSet<>();
        drawing.boxes().forEach(box -> names.add(box.group()));
        names.remove("");
        groups = new ArrayList<>(names);
        x = new int[drawing.boxes().size()];
        y = new int[x.length];
        width = new int[x.length];
        place();
    }

    public static String of(List<Connectivity.Edge> edges) {
        return new Svg(Drawing.of(edges)).text();
    }

    private void place() {
        List<List<Integer>> columns = Layers.of(drawing);
        int tallest = columns.stream().mapToInt(List::size).max().orElse(0);
        int left = MARGIN;
        for (List<Integer> column : columns) {
            int widest = 0;
            int top = MARGIN + HEAD + (tallest - column.size()) * ROW / 2;
            for (int box : column) {
                x[box] = left;
                y[box] = top;
                width[box] =
                        24 + (int) Math.ceil(drawing.boxes().get(box).label().length() * 7.3);
                widest = Math.max(widest, width[box]);
                top += ROW;
            }
            left += widest + GAP;
        }
        right = Math.max(360, left - GAP + MARGIN);
        bottom = MARGIN * 2 + HEAD + tallest * ROW + 24 * (1 + groups.size() / 6);
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"system-ui,'DejaVu Sans',sans-serif\" font-size=\"12\">\n",
                right,
                bottom,
                right,
                bottom));
        out.append("<style>.arrow{fill:none;stroke:#94a3b8;stroke-width:1.3}.label{font-size:10px;fill:#475569;"
                + "paint-order:stroke;stroke:#fff;stroke-width:3px}"
                + ".arrow-group:hover .arrow{stroke:#1e293b;stroke-width:2.2}</style>\n");
        out.append("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
                + "markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\" fill=\"#94a3b8\"/></marker></defs>\n");
        out.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" font-size=\"14\" font-weight=\"600\" fill=\"#1e293b\">Allowed connections</text>\n",
                MARGIN,
                MARGIN + 8));
        if (!drawing.folded().isEmpty()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" fill=\"#64748b\">%s</text>\n",
                    MARGIN + 160,
                    MARGIN + 8,
                    escaped(drawing.folded())));
        }
        drawing.arrows().forEach(arrow -> arrow(out, arrow));
        for (int box = 0; box < x.length; box++) {
            box(out, box);
        }
        legend(out);
        return out.append("</svg>\n").toString();
    }

    private void arrow(StringBuilder out, Drawing.Arrow arrow) {
        boolean forward = x[arrow.from()] < x[arrow.to()];
        int x1 = forward ? x[arrow.from()] + width[arrow.from()] : x[arrow.from()];
        int x2 = forward ? x[arrow.to()] - 2 : x[arrow.to()] + width[arrow.to()] + 2;
        int y1 = y[arrow.from()] + BOX / 2 + (forward ? -3 : 4);
        int y2 = y[arrow.to()] + BOX / 2 + (forward ? -3 : 4);
        if (x[arrow.from()] == x[arrow.to()]) {
            x1 = x[arrow.from()] + width[arrow.from()];
            x2 = x[arrow.to()] + width[arrow.to()] + 2;
        }
        boolean sameColumn = x[arrow.from()] == x[arrow.to()];
        int bend = sameColumn ? 60 : Math.max(40, Math.abs(x2 - x1) / 2);
        int c1 = x1 + (forward || sameColumn ? bend : -bend);
        int c2 = x2 + (forward && !sameColumn ? -bend : bend);
        String from = drawing.boxes().get(arrow.from()).name();
        String to = drawing.boxes().get(arrow.to()).name();
        out.append(String.format(
                Locale.ROOT,
                "<g class=\"arrow-group\" data-from=\"%s\" data-to=\"%s\"><title>%s</title>"
                        + "<path class=\"arrow\" d=\"M%d %dC%d %d %d %d %d %d\" marker-end=\"url(#tip)\"/>",
                escaped(from),
                escaped(to),
                escaped(from + " => " + to + " : " + arrow.label()),
                x1,
                y1,
                c1,
                y1,
                c2,
                y2,
                x2,
                y2));
        if (drawing.arrows().size() <= LABELLED_ARROWS && !arrow.label().equals("All Connections")) {
            // Nearer to the target, where arrows to different boxes have parted.
            double t = 0.72;
            double mx = point(x1, c1, c2, x2, t);
            double my = point(y1, y1, y2, y2, t);
            out.append(String.format(
                    Locale.ROOT,
                    "<text class=\"label\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>",
                    mx,
                    my - 3,
                    escaped(arrow.label())));
        }
        out.append("</g>\n");
    }

    private static double point(double a, double b, double c, double d, double t) {
        double u = 1 - t;
        return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
    }

    private void box(StringBuilder out, int box) {
        Drawing.Box one = drawing.boxes().get(box);
        String[] colours = colours(one.group());
        out.append(String.format(
                Locale.ROOT,
                "<g class=\"box\" data-name=\"%s\"><title>%s</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
                        + "rx=\"6\" fill=\"%s\" stroke=\"%s\"/><text x=\"%d\" y=\"%d\" fill=\"#1e293b\">%s</text></g>\n",
                escaped(one.name()),
                escaped(one.name()),
                x[box],
                y[box],
                width[box],
                BOX,
                colours[0],
                colours[1],
                x[box] + 12,
                y[box] + 18,
                escaped(one.label())));
    }

    private String[] colours(String group) {
        int place = group.isEmpty() ? 0 : 1 + groups.indexOf(group) % (COLOURS.size() - 1);
        return COLOURS.get(place).split(",", -1);
    }

    private void legend(StringBuilder out) {
        int shown = Math.min(groups.size(), 24);
        int left = MARGIN;
        int top = bottom - MARGIN - 24 * (groups.size() / 6);
        for (int i = -1; i < shown; i++) {
            String name = i < 0 ? "outside of the cluster" : groups.get(i);
            String[] colours = colours(i < 0 ? "" : name);
            int length = 30 + (int) (name.length() * 7.3);
            if (left + length > right - MARGIN && left > MARGIN) {
                left = MARGIN;
                top += 22;
            }
            out.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" rx=\"3\" fill=\"%s\" stroke=\"%s\"/>"
                            + "<text x=\"%d\" y=\"%d\" fill=\"#475569\">%s</text>\n",
                    left,
                    top - 10,
                    colours[0],
                    colours[1],
                    left + 18,
                    top,
                    escaped(name)));
            left += length;
        }
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
