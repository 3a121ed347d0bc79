package io.sluice.analysis.lint.report;

import io.sluice.analysis.lint.Baseline;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** A baseline as a file, sorted, so that its own changes can be reviewed. */
public final class BaselineJson {
    private BaselineJson() {}

    public static String of(Baseline baseline) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = Json.lines(out, 2)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("known");
            new TreeMap<>(baseline.known()).forEach((key, count) -> {
                json.writeStartObject();
                json.writeStringProperty("file", key.file());
                json.writeStringProperty("id", key.id());
                json.writeStringProperty("message", key.message());
                json.writeNumberProperty("count", count);
                json.writeEndObject();
            });
            json.writeEndArray();
            json.writeEndObject();
        }
        return out + "\n";
    }

    /** @param problems where to put what is not understood */
    public static Baseline read(ObjectText text, List<Diagnostic> problems) {
        Map<Baseline.Key, Integer> known = new HashMap<>();
        if (!text.has("known") && problems.isEmpty()) {
            problems.add(new Diagnostic(
                    "lint-baseline",
                    Diagnostic.Severity.ERROR,
                    text.at(),
                    "this is no baseline",
                    "sluice lint --write-baseline FILE writes one"));
        }
        for (int i = 0; i < text.size("known"); i++) {
            Baseline.Key key = new Baseline.Key(
                    text.text("known", i, "id").orElse(""),
                    text.text("known", i, "file").orElse(""),
                    text.text("known", i, "message").orElse(""));
            String count = text.text("known", i, "count").orElse("1");
            known.merge(key, count.matches("[0-9]{1,9}") ? Integer.parseInt(count) : 1, Integer::sum);
        }
        return new Baseline(known);
    }
}
