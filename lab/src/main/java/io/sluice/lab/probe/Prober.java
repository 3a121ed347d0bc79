package io.sluice.lab.probe;

import io.sluice.lab.LabException;
import io.sluice.lab.net.Names;
import io.sluice.lab.probe.Observation.Outcome;
import io.sluice.policy.model.Verdict;
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
 * Asks the network, thousands of questions at a time.
 *
 * <p>An answer is believed at once. Silence is believed only when a second attempt, more patient and on a fresh socket,
 * met it too. Patience is over when a look at the socket that began after its end finds nothing: an answer that lies in
 * the kernel while this process waits for a processor is always seen.
 */
public final class Prober {
    private static final int CHUNK = 64;
    private static final long TICK_MILLIS = 20;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Patience is at least this many times what the slowest answer of late took. */
    private static final int CAUTION = 6;

    private final Pace pace;
    private final Observation[] observations;
    private final IntConsumer progress;
    private final Selector selector = Selector.open();
    private final Queue<Attempt> started = new ConcurrentLinkedQueue<>();
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final Map<String, List<Attempt>> retries = new LinkedHashMap<>();
    private final Slowness slowness = new Slowness();
    private long swept = System.nanoTime();
    private int done;

    private Prober(int probes, Pace pace, IntConsumer progress) throws IOException {
        this.pace = pace;
        this.observations = new Observation[probes];
        this.progress = progress;
    }

    /**
     * Asks all of them and waits for the answers. Must be called on a platform thread.
     *
     * @param progress hears how many are answered, a few times a second
     * @return one observation for each probe, in their order
     * @throws LabException if this machine cannot ask, which says nothing about the network
     */
    public static List<Observation> run(List<Probe> probes, Pace pace, IntConsumer progress) {
        try {
            return new Prober(probes.size(), pace, progress).run(probes);
        } catch (IOException e) {
            throw new LabException("cannot probe: " + e.getMessage(), e);
        }
    }

    private List<Observation> run(List<Probe> probes) throws IOException {
        try (selector;
                Opener opener = new Opener(pace.outstanding(), started, selector)) {
            Map<String, List<Attempt>> bySource = new LinkedHashMap<>();
            for (int i = 0; i < probes.size(); i++) {
                Probe probe = probes.get(i);
                List<Attempt> ofSource =
                        bySource.computeIfAbsent(Names.namespace(probe.from()), n -> new ArrayList<>());
                ofSource.add(new Attempt(i, probe, 1, pace.first()));
                if (ofSource.size() == CHUNK) {
                    opener.add(ofSource);
                    ofSource.clear();
                }
            }
            bySource.values().stream().filter(rest -> !rest.isEmpty()).forEach(opener::add);
            loop(opener);
            return List.of(observations);
        }
    }

    private void loop(Opener opener) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
        long reported = System.nanoTime();
        while (done < observations.length) {
            opener.check();
            long before = System.nanoTime();
            selector.select(TICK_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                if (key.attachment() instanceof Attempt attempt && !attempt.over()) {
                    attempt.ready(buffer).ifPresent(outcome -> conclude(attempt, outcome, opener));
                }
            }
            selector.selectedKeys().clear();
            // Before the new ones are taken in: they have not been looked at yet.
            expire(before, opener);
            takeIn(opener);
            retries.values().forEach(opener::add);
            retries.clear();
            if (before - reported > REPORT_NANOS) {
                reported = before;
                progress.accept(done);
            }
        }
        progress.accept(done);
    }

    private void takeIn(Opener opener) throws IOException {
        Attempt attempt;
        while ((attempt = started.poll()) != null) {
            Attempt fresh = attempt;
            if (fresh.early().isPresent()) {
                conclude(fresh, fresh.early().get(), opener);
            } else {
                fresh.channel().register(selector, fresh.interest(), fresh);
                waiting.add(fresh);
            }
        }
    }

    private void expire(long now, Opener opener) {
        if (now - swept < SWEEP_NANOS) {
            return;
        }
        swept = now;
        waiting.removeIf(attempt -> {
            if (!attempt.over() && attempt.elapsed(now).compareTo(patience(attempt)) > 0) {
                conclude(attempt, Outcome.SILENT, opener);
            }
            return attempt.over();
        });
    }

    private Duration patience(Attempt attempt) {
        Duration careful = slowness.slowest().multipliedBy(CAUTION);
        return careful.compareTo(attempt.patience) > 0 ? careful : attempt.patience;
    }

    private void conclude(Attempt attempt, Outcome outcome, Opener opener) {
        Duration elapsed = attempt.elapsed(System.nanoTime());
        attempt.close();
        opener.release();
        Observation observation = new Observation(attempt.probe, outcome, attempt.number, elapsed);
        if (observation.verdict() == Verdict.DENY && attempt.number == 1) {
            retries.computeIfAbsent(Names.namespace(attempt.probe.from()), n -> new ArrayList<>())
                    .add(new Attempt(attempt.index, attempt.probe, 2, pace.confirm()));
            return;
        }
        if (outcome == Outcome.ANSWERED) {
            slowness.answered(elapsed);
        }
        observations[attempt.index] = observation;
        done++;
    }
}
