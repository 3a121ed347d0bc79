package io.sluice.analysis.lint.report;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JUnit XML: a test case a check, which fails by its errors and warnings; information goes to its output. */
public final class JunitReport {
    private JunitReport() {}

    /** @param checks all that were run, and those that may stand for findings besides */
    public static String of(List<Finding> findings, List<About> checks) {
        Map<String, List<Finding>> byCheck = new LinkedHashMap<>();
        checks.forEach(check -> byCheck.put(check.id(), new ArrayList<>()));
        findings.forEach(finding ->
                byCheck.computeIfAbsent(finding.id(), _ -> new ArrayList<>()).add(finding));
        long failures = byCheck.values().stream()
                .filter(list -> list.stream().anyMatch(f -> f.severity().fails()))
                .count();
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        String counts = "tests=\"" + byCheck.size() + "\" failures=\"" + failures + "\" errors=\"0\"";
        out.append("<testsuites name=\"sluice lint\" ").append(counts).append(">\n");
        out.append("  <testsuite name=\"sluice lint\" ").append(counts).append(" skipped=\"0\">\n");
        byCheck.forEach((id, list) -> testCase(out, id, list));
        return out.append("  </testsuite>\n</testsuites>\n").toString();
    }

    private static void testCase(StringBuilder out, String id, List<Finding> findings) {
        out.append("    <testcase classname=\"sluice.lint\" name=\"").append(xml(id));
        if (findings.isEmpty()) {
            out.append("\"/>\n");
            return;
        }
        out.append("\">\n");
        List<Finding> failing =
                findings.stream().filter(f -> f.severity().fails()).toList();
        List<Finding> informing =
                findings.stream().filter(f -> !f.severity().fails()).toList();
        if (!failing.isEmpty()) {
            out.append("      <failure type=\"").append(failing.getFirst().severity());
            out.append("\" message=\"").append(xml(failing.getFirst().message()));
            out.append(failing.size() > 1 ? " (and " + (failing.size() - 1) + " more)" : "")
                    .append("\">");
            lines(out, failing);
            out.append("</failure>\n");
        }
        if (!informing.isEmpty()) {
            out.append("      <system-out>");
            lines(out, informing);
            out.append("</system-out>\n");
        }
        out.append("    </testcase>\n");
    }

    private static void lines(StringBuilder out, List<Finding> findings) {
        for (Finding finding : findings) {
            out.append(xml(finding.position() + ": " + finding.message() + ". " + finding.fix()))
                    .append('\n');
        }
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
