package io.sluice.manifests;

import io.sluice.manifests.Documents.Piece;
import io.sluice.manifests.InputFiles.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Reads texts side by side and hands their documents on in the order of the input: two thirds of the work is to find out
 * what a text says, and no text knows of another. Nothing that comes out depends on which was done first.
 */
final class ParallelReading implements AutoCloseable {
    /** Of a piece, in characters: long enough to be worth a task, short enough that no processor waits for long. */
    private static final int PIECE = 1 << 16;

    /** Pieces that may wait to be handed on: they bound what is held in memory twice, as text and as values. */
    private static final int MOST_WAITING = 64;

    private final ObjectReader objects;
    private final Problems problems;
    private final ExecutorService executor =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    private final Deque<Reading> waiting = new ArrayDeque<>();
    private int pieces;

    /** A file whose pieces are being read. */
    private record Reading(String file, boolean named, List<FutureTask<Part>> parts) {}

    /**
     * What a piece says.
     *
     * @param problems what is wrong with it
     */
    private record Part(List<Value> documents, Problems problems) {}

    ParallelReading(ObjectReader objects, Problems problems) {
        this.objects = objects;
        this.problems = problems;
    }

    /** Begins to read a file; hands on files before it if many wait. */
    void add(Input input) {
        Optional<String> text = SourceText.decode(input.bytes(), problems.in(input.name()));
        if (text.isEmpty()) {
            return;
        }
        List<FutureTask<Part>> parts = new ArrayList<>();
        for (Piece piece : Documents.pieces(text.get(), PIECE)) {
            FutureTask<Part> part = new FutureTask<>(() -> read(piece, input.name()));
            parts.add(part);
            // A piece that nothing stands before is left to whoever waits for it: a small input needs no threads.
            if (pieces++ > 0) {
                executor.execute(part);
            }
        }
        waiting.add(new Reading(input.name(), input.named(), parts));
        while (pieces > MOST_WAITING) {
            handOn(waiting.remove());
        }
    }

    private static Part read(Piece piece, String file) {
        Problems found = Problems.start().in(file);
        return new Part(Documents.read(piece, found), found);
    }

    /** Hands on all that was added. */
    void finish() {
        while (!waiting.isEmpty()) {
            handOn(waiting.remove());
        }
    }

    /** What is wrong with the text of a piece comes before what is wrong with its objects. */
    private void handOn(Reading reading) {
        Problems here = problems.in(reading.file());
        for (FutureTask<Part> task : reading.parts()) {
            Part part = await(task);
            here.addAll(part.problems());
            part.documents().forEach(document -> objects.read(document, reading.named(), here));
            pieces--;
        }
    }

    private static Part await(FutureTask<Part> task) {
        // Does nothing if another thread has begun.
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading manifests", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
