package io.sluice.analysis.connectivity;

import io.sluice.analysis.reach.End;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Connections as a graph in the DOT language, a cluster for each namespace. */
public final class Dot {
    private Dot() {}

    public static String of(List<Connectivity.Edge> edges) {
        Map<String, TreeSet<End>> byNamespace = new TreeMap<>();
        for (Connectivity.Edge edge : edges) {
            for (End end : List.of(edge.from(), edge.to())) {
                byNamespace
                        .computeIfAbsent(end.namespace(), _ -> new TreeSet<>())
                        .add(end);
            }
        }
        StringBuilder out = new StringBuilder("digraph {\n");
        byNamespace.forEach((namespace, ends) -> {
            if (namespace.isEmpty()) {
                ends.forEach(end -> out.append('\t').append(node(end, end.name(), "red2")));
                return;
            }
            out.append("\tsubgraph ")
                    .append(quoted("cluster_" + namespace))
                    .append(" {\n\t\tcolor=\"black\"\n\t\tfontcolor=\"black\"\n");
            ends.forEach(end ->
                    out.append("\t\t").append(node(end, end.name().substring(namespace.length() + 1), "blue")));
            out.append("\t\tlabel=").append(quoted(namespace)).append("\n\t}\n");
        });
        for (Connectivity.Edge edge : edges) {
            out.append('\t')
                    .append(quoted(edge.from().name()))
                    .append(" -> ")
                    .append(quoted(edge.to().name()))
                    .append(" [label=")
                    .append(quoted(edge.traffic() + Listing.aside(edge.traffic(), edge.open())))
                    .append(edge.open().isEmpty() ? "" : " style=\"dashed\"")
                    .append(" color=\"gold2\" fontcolor=\"darkgreen\"]\n");
        }
        return out.append("}\n").toString();
    }

    private static String node(End end, String label, String colour) {
        return quoted(end.name()) + " [label=" + quoted(label) + " color=\"" + colour + "\" fontcolor=\"" + colour
                + "\"]\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
