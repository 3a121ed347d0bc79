package io.sluice.analysis.connectivity;

import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.reach.Reach;
import io.sluice.analysis.reach.Reach.Requests;
import io.sluice.analysis.reach.Supposed;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the policies would allow to and from pods that are not there yet: anybody in the cluster, and those whom a
 * selector names. Judged by the policies of the workload alone, since those of the other end are not known.
 */
public record Exposure(List<Line> egress, List<Line> ingress, List<String> unprotected) {
    public Exposure {
        egress = List.copyOf(egress);
        ingress = List.copyOf(ingress);
        unprotected = List.copyOf(unprotected);
    }

    /**
     * @param peer as np-guard names it
     * @param open the part of the traffic that depends on the request
     */
    public record Line(String workload, String peer, Traffic traffic, Traffic open) {}

    public static Exposure of(Snapshot snapshot, Ends.Level level, Focus focus) {
        Supposed supposed = Supposed.in(snapshot);
        List<End> workloads = Ends.of(snapshot, level);
        List<End> ends = new ArrayList<>(workloads);
        ends.addAll(supposed.ends());
        Reach reach = Reach.behindGates(VerdictTable.of(supposed.snapshot()), ends);
        List<Line> egress = new ArrayList<>();
        List<Line> ingress = new ArrayList<>();
        List<String> unprotected = new ArrayList<>();
        for (int i = 0; i < workloads.size(); i++) {
            End workload = workloads.get(i);
            if (Focus.isNamed(workload, focus.workloads())) {
                lines(reach, i, workloads.size(), Direction.EGRESS, focus, egress);
                lines(reach, i, workloads.size(), Direction.INGRESS, focus, ingress);
                unprotected(reach, workload, unprotected);
            }
        }
        Comparator<Line> order = Comparator.comparing(Line::workload).thenComparing(Line::peer);
        egress.sort(order);
        ingress.sort(order);
        return new Exposure(egress, ingress, unprotected);
    }

    /** What anybody may do once, and what somebody may do beyond that. */
    private static void lines(
            Reach reach, int workload, int first, Direction direction, Focus focus, List<Line> lines) {
        if (focus.direction().isPresent() && focus.direction().get() != direction) {
            return;
        }
        Line anybody = line(reach, direction, workload, first, focus);
        if (!anybody.traffic.isEmpty()) {
            lines.add(anybody);
        }
        for (int peer = first + 1; peer < reach.ends().size(); peer++) {
            Line line = line(reach, direction, workload, peer, focus);
            if (!anybody.traffic.contains(line.traffic)) {
                lines.add(line);
            }
        }
    }

    private static Line line(Reach reach, Direction direction, int workload, int peer, Focus focus) {
        Traffic some = reach.alone(direction, workload, peer, Requests.SOME).and(focus.traffic());
        Traffic open =
                reach.isGated() ? some.minus(reach.alone(direction, workload, peer, Requests.EVERY)) : Traffic.NONE;
        return new Line(
                reach.ends().get(workload).name(), reach.ends().get(peer).name(), some, open);
    }

    private static void unprotected(Reach reach, End workload, List<String> lines) {
        for (Direction direction : List.of(Direction.EGRESS, Direction.INGRESS)) {
            boolean isProtected =
                    workload.parties().stream().anyMatch(party -> isSelected(reach.table(), party, direction));
            if (!isProtected) {
                lines.add(workload.name() + " is not protected on "
                        + (direction == Direction.EGRESS ? "Egress" : "Ingress"));
            }
        }
    }

    private static boolean isSelected(VerdictTable table, Party party, Direction direction) {
        return party instanceof Party.OfPod(Pod pod, var _)
                && table.policySets().get(table.policySetOf(pod)).policies().stream()
                        .anyMatch((Policy policy) -> policy.section(direction).isPresent());
    }

    /** As np-guard's text, below the list of connections. */
    public String text() {
        int width = java.util.stream.Stream.concat(egress.stream(), ingress.stream())
                .mapToInt(line -> line.workload.length())
                .max()
                .orElse(0);
        StringBuilder out = new StringBuilder("\nExposure Analysis Result:\n");
        section(out, "Egress Exposure:", "=>", egress, width);
        section(out, "\nIngress Exposure:", "<=", ingress, width);
        if (!unprotected.isEmpty()) {
            out.append("\nWorkloads not protected by network policies:\n");
            unprotected.forEach(line -> out.append(line).append('\n'));
        }
        return out.toString();
    }

    private static void section(StringBuilder out, String title, String arrow, List<Line> lines, int width) {
        if (lines.isEmpty()) {
            return;
        }
        out.append(title).append('\n');
        for (Line line : lines) {
            out.append(line.workload)
                    .repeat(' ', width - line.workload.length())
                    .append(" \t")
                    .append(arrow)
                    .append(" \t")
                    .append(line.peer)
                    .append(" : ")
                    .append(line.traffic)
                    .append(Listing.aside(line.traffic, line.open))
                    .append('\n');
        }
    }

    /** The member {@code exposure_results} of np-guard's JSON. */
    public String json() {
        StringBuilder out = new StringBuilder();
        JsonWriter json =
                JsonWriter.compact(out).object().name("egress_exposure").array();
        egress.forEach(line -> write(json, line.workload, line.peer, line));
        json.endArray().name("ingress_exposure").array();
        ingress.forEach(line -> write(json, line.peer, line.workload, line));
        json.endArray().endObject();
        return out.toString();
    }

    private static void write(JsonWriter json, String from, String to, Line line) {
        json.object().member("src", from).member("dst", to).member("conn", line.traffic.toString());
        if (!line.open.isEmpty()) {
            json.member("depends", line.open.toString());
        }
        json.endObject();
    }
}
