package io.sluice.analysis.diff;

import io.sluice.analysis.output.JsonWriter;
import java.util.Locale;

/** A diff as JSON. */
public final class JsonDiff {
    private JsonDiff() {}

    /** {@code {"summary":{…},"differences":[…]}}. */
    public static String of(DiffReport report) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out).object();
        json.name("summary").object();
        for (Difference.Type type : Difference.Type.values()) {
            json.member(word(type), report.of(type).size());
        }
        json.member("allowed", report.allowed().size())
                .member("openedFromOutside", report.openedFromOutside().size())
                .member("openedToOutside", report.openedToOutside().size())
                .endObject();
        json.name("differences").array();
        for (Difference one : report.all()) {
            json.object()
                    .member("type", word(one.type()))
                    .member("src", one.from().name())
                    .member("dst", one.to().name())
                    .member("before", one.text(one.before()))
                    .member("after", one.text(one.after()))
                    .member("gained", one.text(one.gained()))
                    .member("lost", one.text(one.lost()))
                    .member("allowed", report.allowed().contains(one))
                    .member("opensFromOutside", one.opensFromOutside())
                    .member("opensToOutside", one.opensToOutside())
                    .member("note", one.endsNote())
                    .name("edits")
                    .array();
            one.edits().forEach(edit -> write(json, edit));
            json.endArray().endObject();
        }
        json.endArray().endObject();
        return out.append('\n').toString();
    }

    private static void write(JsonWriter json, PolicyEdit edit) {
        json.object()
                .member("what", edit.what().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .member("direction", edit.direction().toString())
                .member("kind", edit.policy().kind())
                .member("namespace", edit.policy().namespace())
                .member("name", edit.policy().name())
                .member("rule", edit.rule().isEmpty() ? null : edit.rule())
                .member("file", edit.position().file())
                .member("line", edit.position().line())
                .member("explanation", edit.explanation())
                .endObject();
    }

    private static String word(Difference.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
