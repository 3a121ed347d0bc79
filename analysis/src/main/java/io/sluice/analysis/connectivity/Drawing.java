package io.sluice.analysis.connectivity;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Connections as boxes and arrows, few enough to be looked at: many ranges of addresses are one box, and the workloads of
 * a large cluster are one box a namespace.
 *
 * @param folded what was put together, one sentence; empty if nothing was
 */
record Drawing(List<Box> boxes, List<Arrow> arrows, String folded) {
    private static final int MOST_BOXES = 120;
    private static final int MOST_RANGES = 8;
    private static final int FEW_WORDS = 20;
    private static final Traffic EVERY_PORT = Traffic.of(Stream.of(Protocol.SCTP, Protocol.TCP, Protocol.UDP)
            .map(protocol -> TrafficRange.ports(protocol, 1, 0xffff))
            .toList());

    /**
     * @param key the name, or more where one name has a box as a source and another as a destination
     * @param group namespace, or empty for what is outside
     */
    record Box(String key, String name, String label, String group, Side side) {}

    /** Where a box must stand. */
    enum Side {
        LEFT,
        ANYWHERE,
        RIGHT
    }

    /**
     * @param label traffic, or how many connections there are where ends were put together
     * @param open whether something of it depends on the request
     */
    record Arrow(int from, int to, String label, boolean open) {}

    private record Pair(String from, String to) {}

    static Drawing of(List<Connectivity.Edge> edges) {
        TreeSet<String> ranges = new TreeSet<>();
        TreeSet<String> workloads = new TreeSet<>();
        for (Connectivity.Edge edge : edges) {
            for (End end : List.of(edge.from(), edge.to())) {
                (end.kind() == End.Kind.EXTERNAL ? ranges : workloads).add(end.name());
            }
        }
        Map<String, Integer> bare = new LinkedHashMap<>();
        workloads.forEach(name -> bare.merge(withoutKind(name), 1, Integer::sum));
        boolean foldRanges = ranges.size() > MOST_RANGES;
        boolean foldNamespaces = workloads.size() > MOST_BOXES;
        Map<String, Box> boxes = new LinkedHashMap<>();
        Map<Pair, List<Connectivity.Edge>> arrows = new LinkedHashMap<>();
        for (Connectivity.Edge edge : edges) {
            Box from = box(edge.from(), Side.LEFT, foldRanges, foldNamespaces);
            Box to = box(edge.to(), Side.RIGHT, foldRanges, foldNamespaces);
            boxes.putIfAbsent(from.key, from);
            boxes.putIfAbsent(to.key, to);
            if (!from.key.equals(to.key)) {
                arrows.computeIfAbsent(new Pair(from.key, to.key), _ -> new ArrayList<>())
                        .add(edge);
            }
        }
        boxes.replaceAll((_, box) -> bare.getOrDefault(withoutKind(box.name), 0) == 1 && !foldNamespaces
                ? new Box(box.key, box.name, withoutKind(box.label), box.group, box.side)
                : box);
        List<Box> sorted = boxes.values().stream()
                .sorted(java.util.Comparator.comparing(Box::group).thenComparing(Box::key))
                .toList();
        Map<String, Integer> places = new LinkedHashMap<>();
        sorted.forEach(box -> places.put(box.key, places.size()));
        List<Arrow> all = new ArrayList<>();
        arrows.forEach((pair, drawn) -> {
            Integer from = places.get(pair.from);
            Integer to = places.get(pair.to);
            if (from != null && to != null) {
                List<String> traffic = drawn.stream()
                        .map(edge -> label(edge.traffic()))
                        .distinct()
                        .toList();
                all.add(new Arrow(
                        from,
                        to,
                        traffic.size() == 1 ? traffic.getFirst() : drawn.size() + " connections",
                        drawn.stream().anyMatch(edge -> !edge.open().isEmpty())));
            }
        });
        return new Drawing(sorted, all, folded(foldRanges, ranges.size(), foldNamespaces, workloads.size()));
    }

    /** Traffic in few words: what is left out, where that is shorter. */
    private static String label(Traffic traffic) {
        String said = traffic.toString();
        String but = "all but " + EVERY_PORT.minus(traffic).toString().replace(" 1-65535", "");
        return said.length() <= FEW_WORDS || but.length() >= said.length() ? said : but;
    }

    private static String folded(boolean foldRanges, int ranges, boolean foldNamespaces, int workloads) {
        List<String> parts = new ArrayList<>();
        if (foldNamespaces) {
            parts.add(workloads + " workloads are drawn as their namespaces");
        }
        if (foldRanges) {
            parts.add(ranges + " ranges of addresses are drawn as one");
        }
        return String.join("; ", parts);
    }

    private static Box box(End end, Side role, boolean foldRanges, boolean foldNamespaces) {
        if (end.kind() == End.Kind.WORKLOAD) {
            String name = foldNamespaces ? end.namespace() : end.name();
            String label =
                    foldNamespaces ? name : name.substring(end.namespace().length() + 1);
            return new Box(name, name, label, end.namespace(), Side.ANYWHERE);
        }
        if (end.kind() == End.Kind.EXTERNAL && foldRanges) {
            return new Box("outside " + role, "outside", "outside", "", role);
        }
        return new Box(end.name() + " " + role, end.name(), Ranges.label(end.name()), "", role);
    }

    /** The kind is said where names alone do not tell two workloads apart. */
    private static String withoutKind(String name) {
        int bracket = name.indexOf('[');
        return bracket < 0 ? name : name.substring(0, bracket);
    }
}
