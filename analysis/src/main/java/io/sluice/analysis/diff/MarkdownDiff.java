package io.sluice.analysis.diff;

import java.util.ArrayList;
import java.util.List;

/** A diff as a comment to a pull request: what matters first, long tables folded. */
public final class MarkdownDiff {
    private static final int UNFOLDED = 15;

    private MarkdownDiff() {}

    public static String of(DiffReport report) {
        StringBuilder out = new StringBuilder("### Network policies: what this change opens and closes\n\n");
        out.append(report.summary()).append('\n');
        warning(out, "reachable from outside the cluster", report.openedFromOutside(), true);
        warning(out, "able to reach addresses outside the cluster", report.openedToOutside(), false);
        table(out, "Gained", "allows", report.of(Difference.Type.GAINED));
        table(out, "Lost", "allowed", report.of(Difference.Type.LOST));
        table(out, "Changed", "allows", report.of(Difference.Type.CHANGED));
        return out.toString();
    }

    private static void warning(StringBuilder out, String what, List<Difference> differences, boolean to) {
        List<String> names = differences.stream()
                .map(one -> "`" + (to ? one.to() : one.from()).name() + "`")
                .distinct()
                .toList();
        if (!names.isEmpty()) {
            out.append("\n> **Warning** Becomes ")
                    .append(what)
                    .append(": ")
                    .append(String.join(", ", names))
                    .append('\n');
        }
    }

    private static void table(StringBuilder out, String title, String verb, List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        boolean folded = differences.size() > UNFOLDED;
        String heading = title + " (" + differences.size() + ")";
        out.append(folded ? "\n<details><summary>" + heading + "</summary>\n\n" : "\n#### " + heading + "\n\n");
        out.append("| from | to | ").append(verb).append(" | because |\n|---|---|---|---|\n");
        for (Difference one : differences) {
            out.append("| ")
                    .append(String.join(" | ", one.from().name(), one.to().name(), traffic(one), because(one)))
                    .append(" |\n");
        }
        out.append(folded ? "\n</details>\n" : "");
    }

    private static String traffic(Difference one) {
        return switch (one.type()) {
            case GAINED -> one.text(one.after());
            case LOST -> one.text(one.before());
            case CHANGED -> one.text(one.after()) + " (was " + one.text(one.before()) + ")";
        };
    }

    private static String because(Difference one) {
        List<String> parts = new ArrayList<>();
        if (!one.endsNote().isEmpty()) {
            parts.add(one.endsNote());
        }
        for (PolicyEdit edit : one.edits()) {
            String who = edit.policy().name().isEmpty() ? "" : "`" + edit.policy() + "` ";
            String where = edit.position().line() > 0 ? " (" + edit.position().fileLine() + ")" : "";
            parts.add(who + edit.explanation() + where);
        }
        return String.join("; ", parts).replace("|", "\\|");
    }
}
