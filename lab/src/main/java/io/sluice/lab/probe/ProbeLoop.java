package io.sluice.lab.probe;

import io.sluice.lab.LabException;
import io.sluice.lab.net.Names;
import io.sluice.lab.probe.Observation.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Makes one attempt for each probe, thousands at a time, until it is answered or its patience is used up.
 *
 * <p>Patience is over when a look at the socket that began after its end finds nothing: an answer that lies in the
 * kernel while this process waits for a processor is always seen.
 */
final class ProbeLoop {
    private static final int CHUNK = 64;
    private static final long TICK_MILLIS = 20;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** A probe and how long it may go without an answer. */
    record Task(Probe probe, Duration patience) {}

    private final List<Task> tasks;
    private final Observation[] observations;
    private final IntConsumer progress;
    private final Selector selector = Selector.open();
    private final Queue<Attempt> started = new ConcurrentLinkedQueue<>();
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final Map<String, List<Attempt>> next = new LinkedHashMap<>();
    private final Opener opener;
    private long swept = System.nanoTime();
    private int done;

    private ProbeLoop(List<Task> tasks, int outstanding, IntConsumer progress) throws IOException {
        this.tasks = tasks;
        this.observations = new Observation[tasks.size()];
        this.progress = progress;
        this.opener = new Opener(outstanding, started, selector);
    }

    /** One observation for each task, in their order. */
    static List<Observation> run(List<Task> tasks, int outstanding, IntConsumer progress) {
        try {
            return new ProbeLoop(tasks, outstanding, progress).run();
        } catch (IOException e) {
            throw new LabException("cannot probe: " + e.getMessage(), e);
        }
    }

    private List<Observation> run() throws IOException {
        try (selector;
                opener) {
            for (int i = 0; i < tasks.size(); i++) {
                queue(i);
            }
            loop();
            return List.of(observations);
        } finally {
            started.forEach(Attempt::close);
            waiting.forEach(Attempt::close);
        }
    }

    private void queue(int index) {
        Task task = tasks.get(index);
        String source = Names.namespace(task.probe().from());
        List<Attempt> ofSource = next.computeIfAbsent(source, n -> new ArrayList<>());
        ofSource.add(new Attempt(index, task.probe(), task.patience()));
        if (ofSource.size() == CHUNK) {
            opener.add(ofSource);
            ofSource.clear();
        }
    }

    private void handOver() {
        next.values().stream().filter(rest -> !rest.isEmpty()).forEach(opener::add);
        next.clear();
    }

    private void loop() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
        long reported = System.nanoTime();
        while (done < observations.length) {
            opener.check();
            handOver();
            long before = System.nanoTime();
            selector.select(TICK_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.attachment() instanceof Attempt attempt && !attempt.over()) {
                    attempt.ready(buffer).ifPresent(outcome -> conclude(attempt, outcome));
                }
            }
            selector.selectedKeys().clear();
            // Before the new ones are taken in: they have not been looked at yet.
            expire(before);
            takeIn();
            if (before - reported > REPORT_NANOS) {
                reported = before;
                progress.accept(done);
            }
        }
        progress.accept(done);
    }

    private void takeIn() throws IOException {
        Attempt attempt;
        while ((attempt = started.poll()) != null) {
            Attempt fresh = attempt;
            if (fresh.early().isPresent()) {
                conclude(fresh, fresh.early().get());
            } else {
                fresh.channel().register(selector, fresh.interest(), fresh);
                waiting.add(fresh);
            }
        }
    }

    private void expire(long now) {
        if (now - swept < SWEEP_NANOS) {
            return;
        }
        swept = now;
        waiting.removeIf(attempt -> {
            if (!attempt.over() && attempt.elapsed(now).compareTo(attempt.patience) > 0) {
                conclude(attempt, Outcome.SILENT);
            }
            return attempt.over();
        });
    }

    private void conclude(Attempt attempt, Outcome outcome) {
        Duration elapsed = attempt.elapsed(System.nanoTime());
        attempt.close();
        opener.release();
        observations[attempt.index] = new Observation(attempt.probe, outcome, 1, elapsed);
        done++;
    }
}
