package io.sluice.analysis.decide;

import io.sluice.analysis.output.Bytes;
import io.sluice.analysis.output.JsonWriter;
import io.sluice.policy.model.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON object a line. */
final class JsonLines implements LineWriter {
    private static final String UNKNOWN =
            "\"verdict\":\"unknown\",\"decidedBy\":[],\"reason\":\"the manifests do not have both ends of this flow\"";

    private final Bytes out;
    private final AnswerText text;

    JsonLines(OutputStream out, AnswerText text) {
        this.out = new Bytes(out);
        this.text = text;
    }

    @Override
    public void raw(byte[] bytes, int start, int end, Endpoint from, Endpoint to, LineScanner line, Answer answer)
            throws IOException {
        int brace = end - 1;
        while (bytes[brace] != '}') {
            brace--;
        }
        out.add(bytes, start, brace).add(',').add(text.members(answer)).add('}').add('\n');
    }

    @Override
    public void plain(Asked.Plain question, Answer answer) throws IOException {
        StringBuilder object = new StringBuilder();
        JsonWriter json = JsonWriter.compact(object).object();
        question.members().forEach((name, value) -> write(json.name(name), value));
        out.add(object).add(',').add(text.members(answer)).add('}').add('\n');
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
    public void flow(Asked.Flow flow, Optional<Answer> answer) throws IOException {
        StringBuilder object = new StringBuilder();
        JsonWriter json = JsonWriter.compact(object)
                .object()
                .member("from", flow.fromText())
                .member("to", flow.toText())
                .member("protocol", flow.protocol().toString())
                .member("port", flow.port())
                .member("reply", flow.reply())
                .member("recorded", flow.recorded());
        if (answer.isPresent() && flow.wasAllowed().isPresent()) {
            json.member("changed", flow.wasAllowed().get() != (answer.get().verdict() == Verdict.ALLOW));
        }
        out.add(object).add(',');
        if (answer.isPresent()) {
            out.add(text.members(answer.get()));
        } else {
            out.add(UNKNOWN);
        }
        out.add('}').add('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
