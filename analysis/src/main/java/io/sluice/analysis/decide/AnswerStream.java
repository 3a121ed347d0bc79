package io.sluice.analysis.decide;

import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.output.Bytes;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Answers lines in their order. Blocks of lines are answered side by side and written one after the other; an input of
 * one block is answered at once. Not thread-safe; use one for one stream.
 */
public final class AnswerStream {
    /** Bytes of questions in a block: an answer may be forty times as long, and a block of them should stay in a cache. */
    private static final int CHUNK = 1 << 13;

    private static final int LONGEST_LINE = 1 << 26;

    private final Directory directory;
    private final VerdictTable table;
    private final Format format;
    private final OutputStream out;
    private final boolean eager;
    private final int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    private final BlockingQueue<Answerer> idle = new ArrayBlockingQueue<>(workers);

    /** Written out, to be filled again while they are still in a cache. */
    private final Queue<Bytes> emptied = new ConcurrentLinkedQueue<>();

    private final Deque<Future<Answerer.Answers>> pending = new ArrayDeque<>();
    private Tally tally = Tally.NONE;

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
        this.directory = Directory.of(snapshot);
        this.table = VerdictTable.of(snapshot);
        this.format = format;
        this.out = out;
        this.eager = eager;
    }

    /**
     * Reads to the end.
     *
     * @throws BadLine for the first line that cannot be answered; its message begins with the line's number
     */
    public Tally run(InputStream in) throws IOException {
        try (ExecutorService executor = Executors.newFixedThreadPool(workers)) {
            try {
                return run(in, executor);
            } finally {
                executor.shutdownNow();
            }
        }
    }

    private Tally run(InputStream in, ExecutorService executor) throws IOException {
        byte[] buffer = new byte[CHUNK];
        int filled = 0;
        long line = 1;
        while (true) {
            int count = in.read(buffer, filled, buffer.length - filled);
            if (count < 0) {
                break;
            }
            filled += count;
            boolean waits = eager && in.available() == 0;
            if (filled < buffer.length && !waits) {
                continue;
            }
            int end = lastLineEnd(buffer, filled);
            if (end == 0) {
                buffer = larger(buffer, filled, line);
                continue;
            }
            Answerer.Block block = new Answerer.Block(buffer, end, line);
            line += lines(buffer, end);
            byte[] next = new byte[Math.max(CHUNK, buffer.length)];
            System.arraycopy(buffer, end, next, 0, filled - end);
            filled -= end;
            buffer = next;
            pending.add(executor.submit(() -> answer(block)));
            drain(waits ? 0 : workers * 2);
        }
        drain(0);
        take(answer(new Answerer.Block(buffer, filled, line)));
        return tally;
    }

    private static byte[] larger(byte[] buffer, int filled, long line) {
        if (filled < buffer.length) {
            return buffer;
        }
        if (filled >= LONGEST_LINE) {
            throw new BadLine(line, "longer than " + LONGEST_LINE + " bytes");
        }
        return Arrays.copyOf(buffer, filled * 2);
    }

    /** Behind the last line that is complete. */
    private static int lastLineEnd(byte[] bytes, int filled) {
        for (int i = filled; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        return 0;
    }

    private static long lines(byte[] bytes, int end) {
        long lines = 0;
        for (int i = 0; i < end; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    private Answerer.Answers answer(Answerer.Block block) {
        Answerer answerer = idle.poll();
        if (answerer == null) {
            answerer = new Answerer(directory, table, format);
        }
        try {
            Bytes out = emptied.poll();
            return answerer.answer(block, out == null ? new Bytes() : out);
        } finally {
            idle.offer(answerer);
        }
    }

    /** Writes the answers of the oldest blocks until no more than some are still being answered. */
    private void drain(int rest) throws IOException {
        while (pending.size() > rest) {
            try {
                take(pending.remove().get());
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case BadLine bad -> throw bad;
                    case RuntimeException unchecked -> throw unchecked;
                    case null, default -> throw new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private void take(Answerer.Answers answers) throws IOException {
        answers.bytes().flush(out);
        emptied.add(answers.bytes());
        tally = tally.plus(answers.tally());
    }
}
