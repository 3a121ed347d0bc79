package io.sluice.analysis.decide;

import io.sluice.analysis.directory.Directory;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.table.VerdictTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Answers lines in their order. Not thread-safe; use one for one stream. */
public final class AnswerStream {
    private static final int CHUNK = 1 << 18;
    private static final int LONGEST_LINE = 1 << 26;

    private final EndpointBook endpoints;
    private final Judge judge;
    private final AnswerText text;
    private final HubbleFlow hubble;
    private final LineScanner scanner = new LineScanner();
    private final LineWriter writer;
    private final Tally tally = new Tally();
    private final boolean eager;

    /** What comes out. */
    public enum Format {
        /** A JSON object a line: the question with its answer. */
        JSON,
        /** A line for a person. */
        TEXT
    }

    /**
     * @param eager whether every answer leaves at once when no further question waits, as a pipe needs; otherwise the
     *     first answers are held back, so that a small input with a fault in it yields nothing
     */
    public AnswerStream(Snapshot snapshot, OutputStream out, Format format, boolean eager) {
        endpoints = new EndpointBook(Directory.of(snapshot));
        judge = new Judge(VerdictTable.of(snapshot));
        text = new AnswerText(snapshot);
        hubble = new HubbleFlow(endpoints);
        writer = switch (format) {
            case JSON -> new JsonLines(out, text);
            case TEXT -> new TextLines(out, text);
        };
        this.eager = eager;
    }

    /**
     * Reads to the end.
     *
     * @throws BadLine for the first line that cannot be answered; its message begins with the line's number
     */
    public Tally run(InputStream in) throws IOException {
        byte[] buffer = new byte[CHUNK];
        int filled = 0;
        int scanned = 0;
        long line = 0;
        for (int count = in.read(buffer, 0, CHUNK);
                count >= 0;
                count = in.read(buffer, filled, buffer.length - filled)) {
            filled += count;
            int start = 0;
            for (int i = scanned; i < filled; i++) {
                if (buffer[i] == '\n') {
                    answer(buffer, start, i, ++line);
                    start = i + 1;
                }
            }
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            scanned = filled;
            if (filled == buffer.length) {
                if (filled >= LONGEST_LINE) {
                    throw new BadLine(line + 1, "longer than " + LONGEST_LINE + " bytes");
                }
                buffer = Arrays.copyOf(buffer, filled * 2);
            }
            if (eager && in.available() == 0) {
                writer.flush();
            }
        }
        answer(buffer, 0, filled, line + 1);
        writer.flush();
        return tally;
    }

    private void answer(byte[] bytes, int start, int end, long line) throws IOException {
        try {
            if (scanner.scan(bytes, start, end) && scanner.port > 0) {
                Endpoint from = endpoints.find(bytes, scanner.fromStart, scanner.fromEnd);
                Endpoint to = endpoints.find(bytes, scanner.toStart, scanner.toEnd);
                Answer answer = judge.answer(from, to, scanner.protocol(), scanner.port);
                tally.add(answer.verdict());
                writer.raw(bytes, start, end, from, to, scanner, answer);
            } else if (!isBlank(bytes, start, end)) {
                answer(asked(LineParser.object(bytes, start, end)));
            }
        } catch (BadLine e) {
            throw new BadLine(line, String.valueOf(e.getMessage()));
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

    private void answer(Asked asked) throws IOException {
        switch (asked) {
            case Asked.Plain plain -> {
                Answer answer = judge.answer(plain.from(), plain.to(), plain.protocol(), plain.port());
                tally.add(answer.verdict());
                writer.plain(plain, answer);
            }
            case Asked.Flow flow -> {
                Optional<Answer> answer = answer(flow);
                tally.add(flow, answer.map(Answer::verdict));
                writer.flow(flow, answer);
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

    /** How many of what. */
    public static final class Tally {
        private long allowed;
        private long denied;
        private long unknown;
        private long newlyAllowed;
        private long newlyDenied;

        private void add(Verdict verdict) {
            switch (verdict) {
                case ALLOW -> allowed++;
                case DENY -> denied++;
            }
        }

        private void add(Asked.Flow flow, Optional<Verdict> verdict) {
            verdict.ifPresentOrElse(this::add, () -> unknown++);
            if (verdict.isPresent() && flow.wasAllowed().isPresent()) {
                boolean was = flow.wasAllowed().get();
                boolean is = verdict.get() == Verdict.ALLOW;
                newlyAllowed += !was && is ? 1 : 0;
                newlyDenied += was && !is ? 1 : 0;
            }
        }

        public long allowed() {
            return allowed;
        }

        public long denied() {
            return denied;
        }

        /** Recorded flows of which the manifests do not have an end. */
        public long unknown() {
            return unknown;
        }

        /** Recorded as denied and allowed now. */
        public long newlyAllowed() {
            return newlyAllowed;
        }

        /** Recorded as allowed and denied now. */
        public long newlyDenied() {
            return newlyDenied;
        }
    }
}
