package io.sluice.analysis.lint.report;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Finding;
import io.sluice.analysis.lint.Severity;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
public final class SarifReport {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private SarifReport() {}

    /**
     * @param version of the tool
     * @param checks all that were run, and those that may stand for findings besides
     */
    public static String of(List<Finding> findings, List<About> checks, String version) {
        Map<String, Integer> index = new HashMap<>();
        checks.forEach(check -> index.putIfAbsent(check.id(), index.size()));
        StringWriter out = new StringWriter();
        try (JsonGenerator json = Json.lines(out, 2)) {
            json.writeStartObject();
            json.writeStringProperty("$schema", SCHEMA);
            json.writeStringProperty("version", "2.1.0");
            json.writeArrayPropertyStart("runs");
            json.writeStartObject();
            tool(json, checks, version);
            json.writeStringProperty("columnKind", "unicodeCodePoints");
            json.writeArrayPropertyStart("results");
            Map<String, Integer> same = new HashMap<>();
            for (Finding finding : findings) {
                result(json, finding, index, same);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        }
        return out + "\n";
    }

    private static void tool(JsonGenerator json, List<About> checks, String version) {
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "sluice");
        json.writeStringProperty("version", version);
        json.writeArrayPropertyStart("rules");
        for (About check : checks) {
            json.writeStartObject();
            json.writeStringProperty("id", check.id());
            text(json, "shortDescription", check.summary());
            text(json, "fullDescription", check.reason());
            text(json, "help", check.fix());
            json.writeObjectPropertyStart("defaultConfiguration");
            json.writeStringProperty("level", level(check.severity()));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String text) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", text);
        json.writeEndObject();
    }

    private static void result(
            JsonGenerator json, Finding finding, Map<String, Integer> index, Map<String, Integer> same) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", finding.id());
        Integer rule = index.get(finding.id());
        if (rule != null) {
            json.writeNumberProperty("ruleIndex", rule);
        }
        json.writeStringProperty("level", level(finding.severity()));
        text(json, "message", finding.message() + (finding.fix().isEmpty() ? "" : ". " + finding.fix()));
        if (!finding.position().file().isEmpty()) {
            location(json, finding);
        }
        String print = finding.id() + "\n" + finding.position().file() + "\n" + finding.message();
        int number = same.merge(print, 1, Integer::sum);
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty("idFileMessage/v1", digest(print + "\n" + number));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void location(JsonGenerator json, Finding finding) {
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(finding.position().file()));
        json.writeEndObject();
        if (finding.position().line() > 0) {
            json.writeObjectPropertyStart("region");
            json.writeNumberProperty("startLine", finding.position().line());
            if (finding.position().column() > 0) {
                json.writeNumberProperty("startColumn", finding.position().column());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** A path as a URI reference (SARIF §3.4.3). */
    static String uri(String file) {
        try {
            String path = file.startsWith("./") ? file.substring(2) : file;
            return path.startsWith("/")
                    ? new URI("file", "", path, null).toASCIIString()
                    : new URI(null, null, relative(path), null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path: " + file, e);
        }
    }

    /** With slashes, and not to be taken for a scheme. */
    private static String relative(String path) {
        String slashed = path.replace('\\', '/');
        int colon = slashed.indexOf(':');
        return colon >= 0 && slashed.lastIndexOf('/', colon) < 0 ? "./" + slashed : slashed;
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "note";
        };
    }

    private static String digest(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
