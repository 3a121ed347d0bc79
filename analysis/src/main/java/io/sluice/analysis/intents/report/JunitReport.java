package io.sluice.analysis.intents.report;

import io.sluice.policy.model.SourcePosition;
import java.util.List;

/** JUnit XML: a test case an result. */
public final class JunitReport {
    private JunitReport() {}

    /**
     * @param verb what asked, such as {@code test}
     * @param file the intents
     */
    public static String of(String verb, String file, List<Result> results) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        String counts = "tests=\"" + results.size() + "\" failures=\"" + Result.failed(results) + "\" errors=\"0\"";
        out.append("<testsuites name=\"sluice ")
                .append(verb)
                .append("\" ")
                .append(counts)
                .append(">\n");
        out.append("  <testsuite name=\"").append(xml(file)).append("\" ");
        out.append(counts).append(" skipped=\"0\">\n");
        for (Result result : results) {
            testCase(out, verb, result);
        }
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static void testCase(StringBuilder out, String verb, Result result) {
        out.append("    <testcase classname=\"sluice.")
                .append(verb.replace(' ', '.'))
                .append("\" name=\"")
                .append(xml(result.name()));
        if (result.holds()) {
            out.append("\"/>\n");
            return;
        }
        out.append("\">\n      <failure message=\"")
                .append(xml(result.wrong().getFirst().headline()));
        int more = result.wrong().size() - 1;
        out.append(more > 0 ? " (and " + more + " more)" : "").append("\">");
        if (!result.position().equals(SourcePosition.NONE)) {
            out.append(xml(result.position().toString())).append('\n');
        }
        if (!result.why().isEmpty()) {
            out.append("why: ").append(xml(result.why())).append('\n');
        }
        for (Result.Wrong wrong : result.wrong()) {
            out.append(xml(wrong.headline())).append('\n');
            wrong.reasons().forEach(line -> out.append("  ").append(xml(line)).append('\n'));
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
