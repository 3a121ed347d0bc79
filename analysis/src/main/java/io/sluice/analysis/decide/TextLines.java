package io.sluice.analysis.decide;

import io.sluice.analysis.output.Bytes;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A line for a person: verdict, connection, reason. */
final class TextLines implements LineWriter {
    private final Bytes out;
    private final AnswerText text;

    TextLines(OutputStream out, AnswerText text) {
        this.out = new Bytes(out);
        this.text = text;
    }

    @Override
    public void raw(byte[] bytes, int start, int end, Endpoint from, Endpoint to, LineScanner line, Answer answer)
            throws IOException {
        line(from.text(), to.text(), line.protocol(), line.port, answer, "");
    }

    @Override
    public void plain(Asked.Plain question, Answer answer) throws IOException {
        line(question.from().text(), question.to().text(), question.protocol(), question.port(), answer, "");
    }

    private void line(String from, String to, Protocol protocol, int port, Answer answer, String note)
            throws IOException {
        out.add(answer.verdict() == Verdict.ALLOW ? "allow  " : "deny   ")
                .add(from + " => " + to + " : " + Traffic.keyText(TrafficRange.key(protocol, port)) + note)
                .add("  (" + text.reason(answer) + ")\n");
    }

    @Override
    public void flow(Asked.Flow flow, Optional<Answer> answer) throws IOException {
        if (answer.isEmpty()) {
            out.add("unknown " + flow.fromText() + " => " + flow.toText() + " : "
                    + Traffic.keyText(TrafficRange.key(flow.protocol(), flow.port()))
                    + "  (the manifests do not have both ends)\n");
            return;
        }
        boolean changed = flow.wasAllowed()
                .map(was -> was != (answer.get().verdict() == Verdict.ALLOW))
                .orElse(false);
        line(
                flow.fromText(),
                flow.toText(),
                flow.protocol(),
                flow.port(),
                answer.get(),
                changed ? ", recorded as " + flow.recorded() : "");
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
