package io.sluice.analysis.diff;

import io.sluice.analysis.traffic.Traffic;
import java.util.List;
import java.util.function.UnaryOperator;

/** A diff as lines: {@code +} gained, {@code -} lost, {@code ~} changed, each with the edits that make it. */
public final class TextDiff {
    private final UnaryOperator<String> good;
    private final UnaryOperator<String> bad;

    /** @param opens how what opens is emphasised; the same for {@code closes} */
    public TextDiff(UnaryOperator<String> opens, UnaryOperator<String> closes) {
        this.good = opens;
        this.bad = closes;
    }

    public String of(DiffReport report) {
        StringBuilder out = new StringBuilder(report.summary()).append('\n');
        warn(out, "becomes reachable from outside", report.openedFromOutside());
        warn(out, "may now reach addresses outside", report.openedToOutside());
        section(out, "Gained", report.of(Difference.Type.GAINED));
        section(out, "Lost", report.of(Difference.Type.LOST));
        section(out, "Changed", report.of(Difference.Type.CHANGED));
        return out.toString();
    }

    private static void warn(StringBuilder out, String what, List<Difference> differences) {
        List<String> names = differences.stream()
                .map(one -> what.startsWith("becomes")
                        ? one.to().name()
                        : one.from().name())
                .distinct()
                .toList();
        if (!names.isEmpty()) {
            out.append("WARNING: ")
                    .append(String.join(", ", names))
                    .append(' ')
                    .append(what)
                    .append('\n');
        }
    }

    private void section(StringBuilder out, String title, List<Difference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        out.append('\n').append(title).append('\n');
        for (int i = 0; i < differences.size(); i++) {
            Difference one = differences.get(i);
            out.append("  ").append(line(one)).append('\n');
            boolean same = i + 1 < differences.size()
                    && differences.get(i + 1).edits().equals(one.edits())
                    && differences.get(i + 1).endsNote().equals(one.endsNote());
            if (!same) {
                reasons(out, one);
            }
        }
    }

    private String line(Difference one) {
        String pair = one.from().name() + " => " + one.to().name() + " : ";
        return switch (one.type()) {
            case GAINED -> good.apply("+ " + pair + one.text(one.after()));
            case LOST -> bad.apply("- " + pair + one.text(one.before()));
            case CHANGED ->
                "~ " + pair + one.text(one.before()) + " -> " + one.text(one.after())
                        + part("gained", one.gained(), one) + part("lost", one.lost(), one);
        };
    }

    private static String part(String word, Traffic traffic, Difference one) {
        return traffic.isEmpty() ? "" : " (" + word + " " + one.text(traffic) + ")";
    }

    private static void reasons(StringBuilder out, Difference one) {
        if (!one.endsNote().isEmpty()) {
            out.append("      because ").append(one.endsNote()).append('\n');
        }
        for (PolicyEdit edit : one.edits()) {
            out.append("      ").append(sentence(edit)).append('\n');
        }
    }

    static String sentence(PolicyEdit edit) {
        String who = edit.policy().name().isEmpty() ? "" : edit.policy() + " ";
        String where = edit.position().line() > 0 ? "  " + edit.position().fileLine() : "";
        return "because " + who + edit.explanation() + where;
    }
}
