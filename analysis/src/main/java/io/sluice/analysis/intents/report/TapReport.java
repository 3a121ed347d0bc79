package io.sluice.analysis.intents.report;

import io.sluice.analysis.output.JsonWriter;
import java.util.List;

/** TAP version 14 (testanything.org): a test point an intent, failures in its YAML block. */
public final class TapReport {
    private TapReport() {}

    public static String of(List<Result> results) {
        StringBuilder out = new StringBuilder("TAP version 14\n");
        out.append("1..").append(results.size()).append('\n');
        int number = 0;
        for (Result result : results) {
            out.append(result.holds() ? "ok " : "not ok ").append(++number).append(" - ");
            out.append(escaped(result.name())).append('\n');
            if (!result.holds()) {
                out.append("  ---\n");
                if (!result.why().isEmpty()) {
                    member(out, "  why", result.why());
                }
                member(out, "  at", result.position().toString());
                out.append("  failures:\n");
                for (Result.Wrong wrong : result.wrong()) {
                    out.append("    - ");
                    member(out, "message", wrong.headline());
                    out.append("      reasons:\n");
                    wrong.reasons().forEach(line -> {
                        out.append("        - ");
                        JsonWriter.string(out, line);
                        out.append('\n');
                    });
                }
                out.append("  ...\n");
            }
        }
        return out.toString();
    }

    /** A string of JSON is one of YAML. */
    private static void member(StringBuilder out, String name, String value) {
        out.append(name).append(": ");
        JsonWriter.string(out, value);
        out.append('\n');
    }

    /** A hash would begin a directive. */
    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("#", "\\#").replace('\n', ' ');
    }
}
