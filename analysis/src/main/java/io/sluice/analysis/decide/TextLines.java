package io.sluice.analysis.decide;

import io.sluice.analysis.output.Bytes;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.manifests.Printable;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Optional;

/** A line for a person: verdict, connection, reason. What a recording says reaches the terminal as plain text. */
final class TextLines implements LineWriter {
    private final AnswerText text;

    TextLines(AnswerText text) {
        this.text = text;
    }

    @Override
    public void raw(
            byte[] bytes, int start, int end, Endpoint from, Endpoint to, LineScanner line, Answer answer, Bytes out) {
        line(from.text(), to.text(), line.protocol(), line.port, answer, "", out);
    }

    @Override
    public void plain(Asked.Plain question, Answer answer, Bytes out) {
        line(question.from().text(), question.to().text(), question.protocol(), question.port(), answer, "", out);
    }

    private void line(String from, String to, Protocol protocol, int port, Answer answer, String note, Bytes out) {
        out.add(String.format("%-6s ", answer.word()))
                .add(Printable.of(
                        from + " => " + to + " : " + Traffic.keyText(TrafficRange.key(protocol, port)) + note))
                .add("  (" + text.reason(answer) + ")\n");
    }

    @Override
    public void flow(Asked.Flow flow, Optional<Answer> answer, Bytes out) {
        if (answer.isEmpty()) {
            out.add("unknown " + Printable.of(flow.fromText() + " => " + flow.toText()) + " : "
                    + Traffic.keyText(TrafficRange.key(flow.protocol(), flow.port()))
                    + "  (the manifests do not have both ends)\n");
            return;
        }
        boolean changed = flow.isChangedBy(answer.get()).orElse(false);
        line(
                flow.fromText(),
                flow.toText(),
                flow.protocol(),
                flow.port(),
                answer.get(),
                changed ? ", recorded as " + flow.recorded() : "",
                out);
    }
}
