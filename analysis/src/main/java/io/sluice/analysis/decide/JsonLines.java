package io.sluice.analysis.decide;

import io.sluice.analysis.output.Bytes;
import io.sluice.analysis.output.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object a line. */
final class JsonLines implements LineWriter {
    private static final String UNKNOWN =
            "\"verdict\":\"unknown\",\"decidedBy\":[],\"reason\":\"the manifests do not have both ends of this flow\"";

    private final AnswerText text;

    JsonLines(AnswerText text) {
        this.text = text;
    }

    @Override
    public void raw(
            byte[] bytes, int start, int end, Endpoint from, Endpoint to, LineScanner line, Answer answer, Bytes out) {
        int brace = end - 1;
        while (bytes[brace] != '}') {
            brace--;
        }
        out.add(bytes, start, brace).add(',');
        end(answer, out);
    }

    @Override
    public void plain(Asked.Plain question, Answer answer, Bytes out) {
        StringBuilder object = new StringBuilder();
        JsonWriter json = JsonWriter.compact(object).object();
        question.members().forEach((name, value) -> write(json.name(name), value));
        out.add(object).add(',');
        end(answer, out);
    }

    private void end(Answer answer, Bytes out) {
        text.write(answer, out);
        out.add('}').add('\n');
    }

    private static void write(JsonWriter json, Object value) {
        switch (value) {
            case Map<?, ?> members -> {
                json.object();
                members.forEach((name, member) -> write(json.name(String.valueOf(name)), member));
                json.endObject();
            }
            case List<?> items -> {
                json.array();
                items.forEach(item -> write(json, item));
                json.endArray();
            }
            case Boolean yes -> json.value(yes);
            case Long number -> json.value(number);
            default -> json.value(value.toString());
        }
    }

    @Override
    public void flow(Asked.Flow flow, Optional<Answer> answer, Bytes out) {
        StringBuilder object = new StringBuilder();
        JsonWriter json = JsonWriter.compact(object)
                .object()
                .member("from", flow.fromText())
                .member("to", flow.toText())
                .member("protocol", flow.protocol().toString())
                .member("port", flow.port())
                .member("reply", flow.reply())
                .member("recorded", flow.recorded());
        answer.flatMap(flow::isChangedBy).ifPresent(changed -> json.member("changed", changed));
        out.add(object).add(',');
        if (answer.isPresent()) {
            text.write(answer.get(), out);
        } else {
            out.add(UNKNOWN);
        }
        out.add('}').add('\n');
    }
}
