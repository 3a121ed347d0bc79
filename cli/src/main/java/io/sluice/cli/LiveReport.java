package io.sluice.cli;

import io.sluice.analysis.intents.Failure;
import io.sluice.analysis.intents.Intent;
import io.sluice.analysis.intents.report.FailureText;
import io.sluice.analysis.intents.report.JunitReport;
import io.sluice.analysis.intents.report.Result;
import io.sluice.analysis.intents.report.TextReport;
import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.cli.LiveIntents.Tried;
import io.sluice.lab.probe.Probe;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.net.TrafficRange;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** What came of intents that were tried in the lab, in the forms that {@code test} has. */
final class LiveReport {
    private final LiveIntents live;
    private final FailureText text;

    LiveReport(LiveIntents live) {
        this.live = live;
        this.text = new FailureText(live.snapshot());
    }

    void printText(Console console) {
        Style style = console.style();
        PrintWriter out = console.out();
        out.print(new TextReport(style::green, style::red).of(results()));
        if (live.left() > 0) {
            out.println("note: " + live.left() + " connections were left out: neither TCP nor UDP, or with an address"
                    + " that nobody outside of the lab can have");
        }
        out.printf(
                "%,d connections tried in %.1f s%n",
                live.connections(), live.elapsed().toMillis() / 1000.0);
    }

    String junit() {
        return JunitReport.of("lab verify", live.file().file(), results());
    }

    String json() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out)
                .object()
                .member("file", live.file().file())
                .member("passed", live.tried().size() - live.failed())
                .member("failed", live.failed())
                .member("leftOut", live.left());
        json.name("tests").array();
        live.tried().forEach((intent, tried) -> {
            json.object()
                    .member("name", intent.name())
                    .member("why", intent.why())
                    .member("line", intent.position().line())
                    .member("holds", tried.stream().allMatch(Tried::holds))
                    .member("connections", tried.size());
            json.name("failures").array();
            tried.stream().filter(t -> !t.holds()).forEach(t -> failure(json, t));
            json.endArray().endObject();
        });
        json.endArray().endObject();
        return out.append('\n').toString();
    }

    private void failure(JsonWriter json, Tried tried) {
        Probe probe = tried.observation().probe();
        json.object()
                .member("from", Probe.name(probe.from()))
                .member("to", probe.targetName())
                .member("address", probe.address().toString())
                .member("protocol", probe.protocol().toString())
                .member("port", probe.port())
                .member("expected", tried.expected().toString())
                .member("observed", tried.observation().verdict().toString());
        json.name("reasons").array();
        reasons(tried).forEach(json::value);
        json.endArray().endObject();
    }

    private List<Result> results() {
        return live.tried().entrySet().stream()
                .map(e -> result(e.getKey(), e.getValue()))
                .toList();
    }

    private Result result(Intent intent, List<Tried> tried) {
        return Result.of(
                intent,
                tried.size() + (tried.size() == 1 ? " connection" : " connections"),
                tried.stream()
                        .filter(t -> !t.holds())
                        .map(t -> new Result.Wrong(headline(t), reasons(t)))
                        .toList());
    }

    /** Such as {@code shop/web-1 -> data/orders-db-0 10.244.0.2 5432/TCP: allow expected, observed deny (silent)}. */
    private static String headline(Tried tried) {
        return tried.observation().probe() + ": " + tried.expected() + " expected, observed "
                + tried.observation().verdict() + " ("
                + tried.observation().outcome().name().toLowerCase(Locale.ROOT) + ")";
    }

    /** Either the policies are not what was meant, or the enforcement is not what the policies say. */
    private List<String> reasons(Tried tried) {
        Probe probe = tried.observation().probe();
        Decision decision = Decider.decide(live.snapshot(), probe.judged().getFirst());
        if (decision.verdict() == tried.expected()) {
            return List.of("the policies say " + decision.verdict() + ": what enforces them does not follow");
        }
        int key = TrafficRange.key(probe.protocol(), probe.port());
        return text.reasons(new Failure(
                Probe.name(probe.from()),
                probe.targetName(),
                Traffic.of(new TrafficRange(key, key)),
                tried.expected(),
                decision,
                1));
    }
}
