package io.sluice.analysis.intents.report;

import io.sluice.analysis.intents.Failure;
import io.sluice.analysis.intents.IntentReport;
import io.sluice.policy.model.Snapshot;

/** JUnit XML: a test case an intent. */
public final class JunitReport {
    private JunitReport() {}

    public static String of(IntentReport report, Snapshot snapshot) {
        FailureText text = new FailureText(snapshot);
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        String counts = "tests=\"" + report.outcomes().size() + "\" failures=\"" + report.failed() + "\" errors=\"0\"";
        out.append("<testsuites name=\"sluice test\" ").append(counts).append(">\n");
        out.append("  <testsuite name=\"").append(xml(report.file().file())).append("\" ");
        out.append(counts).append(" skipped=\"0\">\n");
        for (IntentReport.Outcome outcome : report.outcomes()) {
            testCase(out, outcome, text);
        }
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static void testCase(StringBuilder out, IntentReport.Outcome outcome, FailureText text) {
        out.append("    <testcase classname=\"sluice.test\" name=\"")
                .append(xml(outcome.intent().name()));
        if (outcome.holds()) {
            out.append("\"/>\n");
            return;
        }
        out.append("\">\n      <failure message=\"")
                .append(xml(text.headline(outcome.failures().getFirst())));
        int more = outcome.failures().size() - 1;
        out.append(more > 0 ? " (and " + more + " more)" : "").append("\">");
        out.append(xml(outcome.intent().position().toString())).append('\n');
        if (!outcome.intent().why().isEmpty()) {
            out.append("why: ").append(xml(outcome.intent().why())).append('\n');
        }
        for (Failure failure : outcome.failures()) {
            out.append(xml(text.headline(failure))).append('\n');
            text.reasons(failure)
                    .forEach(line -> out.append("  ").append(xml(line)).append('\n'));
        }
        out.append("</failure>\n    </testcase>\n");
    }

    /** Escapes what XML 1.0 reserves, and leaves out what it has no form for. */
    private static String xml(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    if (c >= 0x20 && c != 0xfffe && c != 0xffff || c == '\n' || c == '\t') {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
