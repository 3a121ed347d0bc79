package io.sluice.analysis.intents.report;

import io.sluice.analysis.intents.Coverage;
import io.sluice.analysis.intents.Failure;
import io.sluice.analysis.intents.IntentReport;
import io.sluice.analysis.intents.Mutation;
import io.sluice.analysis.output.JsonWriter;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import java.util.Optional;

/** One JSON object: {@code tests}, and {@code coverage} and {@code mutation} where they were asked for. */
public final class JsonReport {
    private JsonReport() {}

    public static String of(
            IntentReport report, Snapshot snapshot, Optional<Coverage> coverage, Optional<Mutation> mutation) {
        FailureText text = new FailureText(snapshot);
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out).object();
        json.member("file", report.file().file())
                .member("passed", report.outcomes().size() - report.failed())
                .member("failed", report.failed());
        json.name("tests").array();
        for (IntentReport.Outcome outcome : report.outcomes()) {
            json.object()
                    .member("name", outcome.intent().name())
                    .member("why", outcome.intent().why())
                    .member("line", outcome.intent().position().line())
                    .member("holds", outcome.holds())
                    .member("pairs", outcome.pairs());
            json.name("failures").array();
            outcome.failures().forEach(failure -> failure(json, failure, text));
            json.endArray().endObject();
        }
        json.endArray();
        coverage.ifPresent(c -> coverage(json, c));
        mutation.ifPresent(m -> mutation(json, m));
        json.endObject();
        return out.append('\n').toString();
    }

    private static void failure(JsonWriter json, Failure failure, FailureText text) {
        json.object()
                .member("from", failure.from())
                .member("to", failure.to())
                .member("traffic", failure.traffic().exact())
                .member("expected", failure.expected().toString())
                .member("verdict", (failure.expected() == Verdict.ALLOW ? Verdict.DENY : Verdict.ALLOW).toString())
                .member("pairs", failure.pairs());
        json.name("reasons").array();
        text.reasons(failure).forEach(json::value);
        json.endArray().endObject();
    }

    private static void coverage(JsonWriter json, Coverage coverage) {
        json.name("coverage").object();
        json.member("rules", coverage.items().size()).member("exercised", coverage.exercised());
        json.name("missed").array();
        for (Coverage.Item item : coverage.missed()) {
            json.object().member("policy", item.policy().toString()).member("rule", item.rule());
            position(json, item.position()).endObject();
        }
        json.endArray().endObject();
    }

    private static void mutation(JsonWriter json, Mutation mutation) {
        json.name("mutation").object();
        json.member("noticed", mutation.noticed())
                .member("harmless", mutation.harmless())
                .member("score", mutation.score());
        json.name("survivors").array();
        for (Mutation.Survivor survivor : mutation.survivors()) {
            json.object()
                    .member("mistake", survivor.description())
                    .member("effect", Changes.text(survivor.difference()));
            position(json, survivor.position()).endObject();
        }
        json.endArray().endObject();
    }

    private static JsonWriter position(JsonWriter json, SourcePosition position) {
        return json.member("file", position.file()).member("line", position.line());
    }
}
