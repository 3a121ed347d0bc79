package io.sluice.analysis.connectivity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Connections as a picture: a box for each end, coloured by namespace, and an arrow for each connection. */
public final class Svg {
    private static final int ROW = 58;
    private static final int STOP = 24;
    private static final int BOX = 28;
    private static final int GAP = 100;
    private static final int MOST_GAP = 150;
    private static final int MARGIN = 24;
    private static final int HEAD = 44;
    /** To fit a window the picture shrinks to so many hundredths; beyond, one has to scroll. */
    private static final int LEGIBLE = 80;

    private static final int LABELLED_ARROWS = 80;
    private static final String ALL = "All Connections";

    /** Fill and edge of the boxes of a namespace, by day and by night; the first is for what is outside. */
    private static final List<String> COLOURS = List.of(
            "#fdecea,#c0392b,#4a211d,#e57368",
            "#e8f1fb,#2b6cb0,#1a324c,#6ba4dd",
            "#e9f7ef,#2e8b57,#183a29,#5fbf8b",
            "#fef6e4,#b7791f,#45320f,#d9a441",
            "#f3ebfb,#7e4fb5,#352547,#ad86d8",
            "#e6f7f8,#1f8a8f,#103a3c,#52bcc1",
            "#fbeaf3,#b83280,#4a1c38,#e073b1",
            "#eef0f3,#52606d,#2b3440,#93a1b0");

    private final Drawing drawing;
    private final Layers layers;
    private final List<String> groups;
    private final Labels labels = new Labels();
    private final int[] x;
    private final int[] y;
    private final int[] width;
    private int right;
    private int bottom;

    private Svg(Drawing drawing) {
        this.drawing = drawing;
        this.layers = Layers.of(drawing);
        TreeSet<String> names = new TreeSet<>();
        drawing.boxes().forEach(box -> names.add(box.group()));
        names.remove("");
        groups = new ArrayList<>(names);
        x = new int[layers.places()];
        y = new int[x.length];
        width = new int[x.length];
        place();
    }

    public static String of(List<Connectivity.Edge> edges) {
        return new Svg(Drawing.of(edges)).text();
    }

    private boolean isStop(int place) {
        return place >= drawing.boxes().size();
    }

    private int height(List<Integer> column) {
        return column.stream().mapToInt(place -> isStop(place) ? STOP : ROW).sum();
    }

    /** The x of a stop is where its column begins, and its width is the column's; y is the middle. */
    private void place() {
        int tallest = layers.columns().stream().mapToInt(this::height).max().orElse(0);
        int left = MARGIN;
        for (List<Integer> column : layers.columns()) {
            int widest = 0;
            for (int place : column) {
                if (!isStop(place)) {
                    width[place] = textWidth(drawing.boxes().get(place).label()) + 24;
                    widest = Math.max(widest, width[place]);
                }
            }
            int top = MARGIN + HEAD + (tallest - height(column)) / 2;
            for (int place : column) {
                x[place] = left;
                int height = isStop(place) ? STOP : ROW;
                y[place] = top + height / 2;
                top += height;
                if (isStop(place)) {
                    width[place] = widest;
                } else {
                    labels.taken(left, y[place] - BOX / 2, width[place], BOX);
                }
            }
            left += widest + gap();
        }
        right = Math.max(360, left - gap() + MARGIN + 40);
        bottom = MARGIN * 2 + HEAD + tallest + 24 * (1 + groups.size() / 6);
    }

    /** Many labels need room to stand beside each other. */
    private int gap() {
        long labelled = drawing.arrows().stream()
                .filter(arrow -> !arrow.label().equals(ALL))
                .count();
        long each = labelled / Math.max(1, layers.columns().size() - 1);
        return (int) Math.min(MOST_GAP, GAP + each * 5);
    }

    private static int textWidth(String text) {
        return (int) Math.ceil(text.length() * 7.0);
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" style=\"max-width:max(100%%,%dpx);height:auto\" "
                        + "width=\"%d\" height=\"%d\" font-family=\"system-ui,'DejaVu Sans',sans-serif\" "
                        + "font-size=\"12\">\n",
                right,
                bottom,
                right * LEGIBLE / 100,
                right,
                bottom));
        style(out);
        out.append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        write(out, "title", MARGIN, MARGIN + 8, "Allowed connections");
        write(out, "soft", MARGIN, MARGIN + 26, drawing.folded());
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < drawing.arrows().size(); i++) {
            arrow(out, words, drawing.arrows().get(i), layers.routes().get(i));
        }
        for (int box = 0; box < drawing.boxes().size(); box++) {
            box(out, box);
        }
        out.append(words);
        legend(out);
        return out.append("</svg>\n").toString();
    }

    private void style(StringBuilder out) {
        StringBuilder day = new StringBuilder(".paper{fill:#fff}.title{font-size:14px;font-weight:600;fill:#1e293b}"
                + ".soft{fill:#64748b}.name{fill:#1e293b}.arrow{fill:none;stroke:#94a3b8;stroke-width:1.3}"
                + ".open{stroke-dasharray:5 3}"
                + "#tip path{fill:#94a3b8}.label{font-size:10.5px;fill:#475569;paint-order:stroke;stroke:#fff;"
                + "stroke-width:3px}.arrow-group:hover .arrow{stroke:#1e293b;stroke-width:2.2}");
        StringBuilder night = new StringBuilder(".paper{fill:#0f172a}.title,.name{fill:#e2e8f0}.soft{fill:#94a3b8}"
                + ".arrow{stroke:#64748b}#tip path{fill:#64748b}.label{fill:#cbd5e1;stroke:#0f172a}"
                + ".arrow-group:hover .arrow{stroke:#f1f5f9}");
        for (int i = 0; i < COLOURS.size(); i++) {
            String[] colours = COLOURS.get(i).split(",", -1);
            day.append(colour(i, colours[0], colours[1]));
            night.append(colour(i, colours[2], colours[3]));
        }
        out.append("<style>").append(day).append("@media (prefers-color-scheme:dark){");
        out.append(night).append("}</style>\n");
        out.append("<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
                + "markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
    }

    private static String colour(int number, String fill, String edge) {
        return ".c" + number + "{fill:" + fill + ";stroke:" + edge + "}";
    }

    private static void write(StringBuilder out, String kind, int left, int base, String text) {
        if (!text.isEmpty()) {
            out.append(String.format(
                    Locale.ROOT, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", kind, left, base, escaped(text)));
        }
    }

    private void arrow(StringBuilder out, StringBuilder words, Drawing.Arrow arrow, List<Integer> stops) {
        int from = arrow.from();
        int to = arrow.to();
        boolean sameColumn = x[from] == x[to];
        boolean forward = x[from] < x[to];
        Curve curve = new Curve(forward || sameColumn ? x[from] + width[from] : x[from], y[from] + (forward ? -3 : 4));
        if (sameColumn) {
            curve.loop(x[to] + width[to] + 2, y[to] + 4);
        } else {
            for (int stop : stops) {
                int enter = forward ? x[stop] : x[stop] + width[stop];
                int leave = forward ? x[stop] + width[stop] : x[stop];
                curve.to(enter, y[stop]);
                curve.straight(leave, y[stop]);
            }
            curve.to(forward ? x[to] - 2 : x[to] + width[to] + 2, y[to] + (forward ? -3 : 4));
        }
        String ends = "data-from=\"" + escaped(drawing.boxes().get(from).name()) + "\" data-to=\""
                + escaped(drawing.boxes().get(to).name()) + "\"";
        String said = drawing.boxes().get(from).name() + " => "
                + drawing.boxes().get(to).name() + " : " + arrow.label()
                + (arrow.open() ? " (depends on the request)" : "");
        out.append(String.format(
                Locale.ROOT,
                "<g class=\"arrow-group\" %s><title>%s</title><path class=\"arrow%s\" d=\"%s\" marker-end=\"url(#tip)\"/>"
                        + "</g>\n",
                ends,
                escaped(said),
                arrow.open() ? " open" : "",
                curve));
        if (drawing.arrows().size() <= LABELLED_ARROWS && !arrow.label().equals(ALL)) {
            int length = (int) Math.ceil(arrow.label().length() * 6.2);
            Labels.Spot spot = labels.free(curve, length);
            words.append(String.format(
                    Locale.ROOT,
                    "<g class=\"arrow-group\" %s><text class=\"label\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s"
                            + "</text></g>\n",
                    ends,
                    spot.x(),
                    spot.y() + 3,
                    escaped(arrow.label())));
        }
    }

    private void box(StringBuilder out, int box) {
        Drawing.Box one = drawing.boxes().get(box);
        out.append(String.format(
                Locale.ROOT,
                "<g class=\"box\" data-name=\"%s\"><title>%s</title><rect class=\"c%d\" x=\"%d\" y=\"%d\" width=\"%d\" "
                        + "height=\"%d\" rx=\"6\"/><text class=\"name\" x=\"%d\" y=\"%d\">%s</text></g>\n",
                escaped(one.name()),
                escaped(one.name()),
                colour(one.group()),
                x[box],
                y[box] - BOX / 2,
                width[box],
                BOX,
                x[box] + 12,
                y[box] + 4,
                escaped(one.label())));
    }

    private int colour(String group) {
        return group.isEmpty() ? 0 : 1 + groups.indexOf(group) % (COLOURS.size() - 1);
    }

    private void legend(StringBuilder out) {
        List<String> names = new ArrayList<>();
        if (drawing.boxes().stream().anyMatch(box -> box.group().isEmpty())) {
            names.add("");
        }
        names.addAll(groups.subList(0, Math.min(groups.size(), 24)));
        int left = MARGIN;
        int top = bottom - MARGIN - 24 * (groups.size() / 6);
        for (String group : names) {
            String name = group.isEmpty() ? "outside of the cluster" : group;
            int length = 34 + textWidth(name);
            if (left + length > right - MARGIN && left > MARGIN) {
                left = MARGIN;
                top += 22;
            }
            out.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"c%d\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" rx=\"3\"/>",
                    colour(group),
                    left,
                    top - 10));
            write(out, "soft", left + 18, top, name);
            left += length;
        }
        List<String> arrows = new ArrayList<>();
        if (drawing.arrows().stream().anyMatch(arrow -> arrow.label().equals(ALL))) {
            arrows.add("an arrow without a label: all connections");
        }
        if (drawing.arrows().stream().anyMatch(Drawing.Arrow::open)) {
            arrows.add("dashed: depends on the request");
        }
        write(out, "soft", left, top, String.join("; ", arrows));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
