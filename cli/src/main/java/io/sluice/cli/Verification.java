package io.sluice.cli;

import io.sluice.analysis.intents.report.JunitReport;
import io.sluice.analysis.intents.report.Result;
import io.sluice.lab.Lab;
import io.sluice.lab.probe.Pace;
import io.sluice.lab.probe.PlanOptions;
import io.sluice.lab.probe.Probe;
import io.sluice.lab.probe.ProbePlan;
import io.sluice.lab.probe.ProbeReport;
import io.sluice.lab.probe.ProbeResult;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.table.VerdictTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A whole plan tried on the lab, beside what the policies say. The reference decider and the compiled table are both
 * asked, so that three answers stand beside each other.
 */
final class Verification {
    private static final int SHOWN_CAUSES = 12;

    private final Snapshot snapshot;
    private final ProbeReport report;
    private final DeniedFlows denied;
    private final int splitModels;

    private Verification(Snapshot snapshot, ProbeReport report, DeniedFlows denied, int splitModels) {
        this.snapshot = snapshot;
        this.report = report;
        this.denied = denied;
        this.splitModels = splitModels;
    }

    static Verification run(Snapshot placed, PlanOptions options, Console console) {
        VerdictTable table = VerdictTable.of(placed);
        List<Connection> split = new ArrayList<>();
        DeniedFlows.Mark start = DeniedFlows.mark(Lab.flowLog());
        ProbePlan plan = ProbePlan.of(placed, options);
        console.progress("trying " + plan.probes().size() + " connections");
        ProbeReport report = ProbeReport.of(
                plan,
                connection -> {
                    Verdict verdict = Decider.decide(placed, connection).verdict();
                    if (verdict != table.verdict(connection)) {
                        split.add(connection);
                    }
                    return verdict;
                },
                Pace.normal(),
                _ -> {});
        Lab.awaitFlows();
        return new Verification(placed, report, DeniedFlows.since(start), split.size());
    }

    int mismatches() {
        return report.disagreements().size() + splitModels;
    }

    void printJson(PrintWriter out) {
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("probes");
            json.writeStartArray();
            for (ProbeResult result : report.results()) {
                Probe probe = result.probe();
                json.writeStartObject();
                json.writeStringProperty("from", Probe.name(probe.from()));
                json.writeStringProperty("to", probe.targetName());
                json.writeStringProperty("address", probe.address().toString());
                json.writeStringProperty("protocol", probe.protocol().toString());
                json.writeNumberProperty("port", probe.port());
                json.writeStringProperty("expected", result.expected().toString());
                json.writeStringProperty("observed", result.observed().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println();
    }

    /** A test case for each two that may meet, named as in the matrix. */
    String junit() {
        Map<String, List<ProbeResult>> pairs = new TreeMap<>();
        for (ProbeResult result : report.results()) {
            pairs.computeIfAbsent(
                            group(result.probe().from()) + " -> " + destination(result.probe()), _ -> new ArrayList<>())
                    .add(result);
        }
        List<Result> results = new ArrayList<>();
        pairs.forEach((name, tried) -> results.add(new Result(
                name,
                "",
                SourcePosition.NONE,
                tried.size() + " connections",
                tried.stream()
                        .filter(result -> !result.agrees())
                        .map(result -> new Result.Wrong(result.toString(), List.of()))
                        .toList())));
        return JunitReport.of("lab verify", "every pair", results);
    }

    void printText(Console console) {
        PrintWriter out = console.out();
        matrix().lines(console.style()).forEach(out::println);
        printRefusals(console);
        report.notes().forEach(note -> out.println("note: " + note));
        if (report.undetermined() > 0) {
            out.println("note: " + report.undetermined()
                    + " Service probes were left out: the policies allow some of the Service's pods and not others");
        }
        for (ProbeResult result : report.disagreements()) {
            out.println(console.style().alarm("mismatch") + " " + result.probe() + ": expected " + result.expected()
                    + ", observed " + result.observed() + " ("
                    + result.observation().outcome() + ")");
        }
        String count = mismatches() + (mismatches() == 1 ? " mismatch" : " mismatches");
        out.printf(
                "%,d connections tried in %.1f s: %,d allowed, %,d refused, %s%n",
                report.results().size(),
                report.elapsed().toMillis() / 1000.0,
                report.observed(Verdict.ALLOW),
                report.observed(Verdict.DENY),
                mismatches() == 0
                        ? console.style().green(count)
                        : console.style().alarm(count));
    }

    private ReachMatrix matrix() {
        ReachMatrix matrix = new ReachMatrix();
        for (ProbeResult result : report.results()) {
            matrix.add(
                    group(result.probe().from()),
                    destination(result.probe()),
                    result.expected() == Verdict.ALLOW,
                    result.observed() == Verdict.ALLOW);
        }
        return matrix;
    }

    private static String destination(Probe probe) {
        return switch (probe.to()) {
            case Probe.OfParty(Party party) -> group(party);
            case Probe.OfService(var _, List<Connection> backends) ->
                group(backends.getFirst().to());
        };
    }

    private static String group(Party party) {
        return switch (party) {
            case Party.OfPod(var pod, var _) ->
                pod.workload().namespace() + "/" + pod.workload().name();
            case Party.OfNode _ -> "(nodes)";
            case Party.OfNetwork _ -> "(outside)";
        };
    }

    /** Who refused what: grouped by the policies that did, the most frequent first. */
    private void printRefusals(Console console) {
        CauseText text = CauseText.shortened(snapshot);
        Map<String, List<Refused>> byCause = new LinkedHashMap<>();
        for (ProbeResult result : report.results()) {
            if (result.observed() == Verdict.DENY && result.expected() == Verdict.DENY) {
                Decision decision =
                        Decider.decide(snapshot, result.probe().judged().getFirst());
                DirectionDecision side =
                        decision.egress().verdict() == Verdict.DENY ? decision.egress() : decision.ingress();
                String who = group(decision.connection().subject(side.direction()));
                String key = side.direction() + " of " + who + ": " + text.of(side.cause());
                byCause.computeIfAbsent(key, _ -> new ArrayList<>()).add(new Refused(result.probe(), side));
            }
        }
        if (byCause.isEmpty()) {
            return;
        }
        console.out().println();
        console.out()
                .println(console.style().bold("refused, and by what")
                        + (text.folder().isEmpty() ? "" : " (files in " + text.folder() + ")"));
        byCause.entrySet().stream()
                .sorted((a, b) ->
                        Integer.compare(b.getValue().size(), a.getValue().size()))
                .limit(SHOWN_CAUSES)
                .forEach(e -> {
                    Refused example = e.getValue().getFirst();
                    console.out().printf("%5d  %s%n", e.getValue().size(), e.getKey());
                    console.out()
                            .println(console.style()
                                    .dim("       such as " + example.probe()
                                            + text.nearestMiss(example.side())
                                                    .map(m -> "; nearest rule " + m)
                                                    .orElse("")));
                });
        if (byCause.size() > SHOWN_CAUSES) {
            console.out().println("       and " + (byCause.size() - SHOWN_CAUSES) + " more");
        }
        console.out().println(agreement());
        console.out().println();
    }

    private record Refused(Probe probe, DirectionDecision side) {}

    /** Whether the kernel gave the same reasons. */
    private String agreement() {
        int reported = 0;
        int same = 0;
        for (ProbeResult result : report.results()) {
            Connection judged = result.probe().judged().getFirst();
            var named = denied.policies(judged);
            if (result.observed() != Verdict.DENY || named.isEmpty()) {
                continue;
            }
            reported++;
            Decision decision = Decider.decide(snapshot, judged);
            Direction direction = decision.egress().verdict() == Verdict.DENY ? Direction.EGRESS : Direction.INGRESS;
            if (named.get()
                    .equals(DeniedFlows.Reason.of(
                            direction,
                            (direction == Direction.EGRESS ? decision.egress() : decision.ingress()).cause()))) {
                same++;
            }
        }
        return "the kernel's own events name the same policies for %,d of the %,d refusals it reported"
                .formatted(same, reported);
    }
}
