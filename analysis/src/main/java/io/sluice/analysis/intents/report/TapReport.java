package io.sluice.analysis.intents.report;

import io.sluice.analysis.intents.Failure;
import io.sluice.analysis.intents.Intent;
import io.sluice.analysis.intents.IntentReport;
import io.sluice.analysis.output.JsonWriter;
import io.sluice.policy.model.Snapshot;

/** TAP version 14 (testanything.org): a test point an intent, failures in its YAML block. */
public final class TapReport {
    private TapReport() {}

    public static String of(IntentReport report, Snapshot snapshot) {
        FailureText text = new FailureText(snapshot);
        StringBuilder out = new StringBuilder("TAP version 14\n");
        out.append("1..").append(report.outcomes().size()).append('\n');
        int number = 0;
        for (IntentReport.Outcome outcome : report.outcomes()) {
            Intent intent = outcome.intent();
            out.append(outcome.holds() ? "ok " : "not ok ").append(++number).append(" - ");
            out.append(escaped(intent.name())).append('\n');
            if (!outcome.holds()) {
                out.append("  ---\n");
                if (!intent.why().isEmpty()) {
                    member(out, "  why", intent.why());
                }
                member(out, "  at", intent.position().toString());
                out.append("  failures:\n");
                for (Failure failure : outcome.failures()) {
                    out.append("    - ");
                    member(out, "message", text.headline(failure));
                    out.append("      reasons:\n");
                    text.reasons(failure).forEach(line -> {
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
