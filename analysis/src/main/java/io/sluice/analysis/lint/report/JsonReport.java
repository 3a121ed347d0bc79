package io.sluice.analysis.lint.report;

import io.sluice.analysis.lint.Finding;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * {@code {"findings":[{"id","severity","file","line","column","message","fix"}]}}. Line and column
 * are 0 where there is none.
 */
public final class JsonReport {
    private JsonReport() {}

    public static String of(List<Finding> findings) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = Json.lines(out, 2)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("findings");
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringProperty("id", finding.id());
                json.writeStringProperty("severity", finding.severity().toString());
                json.writeStringProperty("file", finding.position().file());
                json.writeNumberProperty("line", finding.position().line());
                json.writeNumberProperty("column", finding.position().column());
                json.writeStringProperty("message", finding.message());
                json.writeStringProperty("fix", finding.fix());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out + "\n";
    }
}
