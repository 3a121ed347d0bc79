package io.sluice.analysis.decide;

import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.output.Bytes;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.table.VerdictTable;
import java.util.Map;
import java.util.Optional;

/** Answers blocks of lines, one block at a time. What it has looked up and written once it keeps for the next block. */
final class Answerer {
    private final EndpointBook endpoints;
    private final Judge judge;
    private final HubbleFlow hubble;
    private final LineScanner scanner = new LineScanner();
    private final LineWriter writer;
    private long allowed;
    private long denied;
    private long open;
    private Tally flows = Tally.NONE;

    /** Complete lines; the last one may lack its end. */
    record Block(byte[] bytes, int length, long firstLine) {}

    /** The answers to a block. */
    record Answers(Bytes bytes, Tally tally) {}

    Answerer(Directory directory, VerdictTable table, AnswerStream.Format format) {
        endpoints = new EndpointBook(directory, table);
        judge = new Judge(table);
        hubble = new HubbleFlow(endpoints);
        AnswerText text = new AnswerText(directory.snapshot());
        writer = switch (format) {
            case JSON -> new JsonLines(text);
            case TEXT -> new TextLines(text);
        };
    }

    /**
     * @param out empty; comes back with the answers
     * @throws BadLine for the first line that cannot be answered; its message begins with the line's number
     */
    Answers answer(Block block, Bytes out) {
        allowed = 0;
        denied = 0;
        open = 0;
        flows = Tally.NONE;
        byte[] bytes = block.bytes;
        long line = block.firstLine;
        int start = 0;
        for (int i = 0; i < block.length; i++) {
            if (bytes[i] == '\n') {
                answer(bytes, start, i, line++, out);
                start = i + 1;
            }
        }
        answer(bytes, start, block.length, line, out);
        return new Answers(out, new Tally(allowed, denied, open, 0, 0, 0).plus(flows));
    }

    private void answer(byte[] bytes, int start, int end, long line, Bytes out) {
        try {
            if (scanner.scan(bytes, start, end) && scanner.port > 0) {
                Endpoint from = endpoints.find(bytes, scanner.fromStart, scanner.fromEnd);
                Endpoint to = endpoints.find(bytes, scanner.toStart, scanner.toEnd);
                Answer answer = judge.answer(from, to, scanner.protocol(), scanner.port);
                count(answer);
                writer.raw(bytes, start, end, from, to, scanner, answer, out);
            } else if (!isBlank(bytes, start, end)) {
                answer(asked(LineParser.object(bytes, start, end)), out);
            }
        } catch (BadLine e) {
            throw new BadLine(line, String.valueOf(e.getMessage()));
        }
    }

    private void count(Answer answer) {
        if (answer.depends()) {
            open++;
            return;
        }
        switch (answer.verdict()) {
            case ALLOW -> allowed++;
            case DENY -> denied++;
        }
    }

    private static boolean isBlank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private Asked asked(Map<String, Object> object) {
        Optional<Map<?, ?>> flow = HubbleFlow.in(object);
        return flow.isPresent() ? hubble.read(flow.get()) : PlainQuestion.read(object, endpoints);
    }

    private void answer(Asked asked, Bytes out) {
        switch (asked) {
            case Asked.Plain plain -> {
                Answer answer = judge.answer(plain.from(), plain.to(), plain.protocol(), plain.port(), plain.saying());
                count(answer);
                writer.plain(plain, answer, out);
            }
            case Asked.Flow flow -> {
                Optional<Answer> answer = answer(flow);
                flows = flows.plus(Tally.of(flow, answer));
                writer.flow(flow, answer, out);
            }
        }
    }

    /** Empty where the manifests do not have one of the ends. */
    private Optional<Answer> answer(Asked.Flow flow) {
        if (flow.ownNode()) {
            return Optional.of(new Answer(new Cause.OwnNode(), new Cause.OwnNode()));
        }
        if (flow.from().isEmpty() || flow.to().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(judge.answer(flow.from().get(), flow.to().get(), flow.protocol(), flow.port()));
        } catch (BadLine _) {
            return Optional.empty();
        }
    }
}
