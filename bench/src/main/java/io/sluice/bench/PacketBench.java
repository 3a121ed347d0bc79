package io.sluice.bench;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.ebpf.EbpfOptions;
import io.sluice.dataplane.ebpf.EbpfTrial;
import io.sluice.dataplane.ebpf.EbpfTrial.Connection;
import io.sluice.dataplane.ebpf.EbpfTrial.Hook;
import io.sluice.dataplane.ebpf.EbpfTrial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What the BPF program takes for a packet, without a network (BPF_PROG_TEST_RUN): both directions are judged, so a
 * packet costs two addresses, two rows and two searches.
 *
 * <p>"The same packet" runs many times in a row and finds everything in the processor's caches. "Other packets" changes
 * both ends for every run; a single run also pays for the clock and for cold code, so it is to be compared with single
 * runs of the same packet.
 */
final class PacketBench {
    private static final int[] SIZES = {10, 1_000, 100_000};
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;

    /** Events of so many runs find room in the ring before it is read again. */
    private static final int REPEAT = 4_000;

    private static final int HOT_SAMPLES = 250;
    private static final int SINGLE_RUNS = 20_000;
    private static final int DRAIN_EVERY = 1_000;

    private final Consumer<String> progress;

    /** The cases, by what conntrack would say. */
    private enum State {
        NEW("new, with its event", Connection.NEW, SYN),
        ESTABLISHED("established, judged again", Connection.ESTABLISHED, ACK),
        REPLY("reply, passes", Connection.ESTABLISHED_REPLY, ACK);

        final String title;
        final Connection connection;
        final int flags;

        State(String title, Connection connection, int flags) {
            this.title = title;
            this.connection = connection;
            this.flags = flags;
        }
    }

    private record Times(Series same, Series singleSame, Series singleOther) {}

    PacketBench(Consumer<String> progress) {
        this.progress = progress;
    }

    /** The result in Markdown. */
    String run() throws DataplaneException {
        Table table = new Table(
                "packet",
                "rows",
                "same packet, least ns",
                "median ns",
                "ratio of least to " + SIZES[0] + " rows",
                "single run: same, ns",
                "other packets, ns",
                "ratio");
        for (State state : State.values()) {
            for (Family family : Family.values()) {
                double fewest = 0;
                for (int rows : SIZES) {
                    progress.accept("packets: " + state.title + ", " + family + ", " + rows + " rows");
                    Times times = measure(state, family, rows);
                    double least = times.same.min();
                    fewest = rows == SIZES[0] ? least : fewest;
                    table.add(
                            state.title + ", " + family.title(),
                            Text.count(rows),
                            Text.figure(least),
                            Text.figure(times.same.median()),
                            Text.ratio(least / fewest),
                            Text.figure(times.singleSame.median()),
                            Text.figure(times.singleOther.median()),
                            Text.ratio(times.singleOther.median() / times.singleSame.median()));
                }
            }
        }
        return "Both directions judged, as many addresses as rows:\n\n" + table;
    }

    private static Times measure(State state, Family family, int rows) throws DataplaneException {
        try (EbpfTrial trial = EbpfTrial.load(EbpfOptions.DEFAULT, state.connection)) {
            trial.apply(SampleTables.forManyPods(family, rows));
            List<byte[]> packets = packets(state, family, rows);
            byte[] first = packets.getFirst();
            return new Times(
                    sample(trial, HOT_SAMPLES, REPEAT, 1, _ -> first),
                    sample(trial, SINGLE_RUNS, 1, DRAIN_EVERY, _ -> first),
                    sample(trial, SINGLE_RUNS, 1, DRAIN_EVERY, packets::get));
        }
    }

    /** Clients and servers of the sample table, drawn at random. */
    private static List<byte[]> packets(State state, Family family, int rows) {
        Random random = new Random(rows);
        List<byte[]> packets = new ArrayList<>();
        for (int i = 0; i < SINGLE_RUNS; i++) {
            packets.add(Packets.tcp(
                    family.other(2 * random.nextInt(rows / 2)),
                    family.other(2 * random.nextInt(rows / 2) + 1),
                    Load.ECHO_PORT,
                    state.flags));
        }
        return packets;
    }

    private static Series sample(EbpfTrial trial, int count, int repeat, int drainEvery, IntFunction<byte[]> packet) {
        double[] nanos = new double[count];
        for (int i = 0; i < count; i++) {
            Outcome outcome = trial.judge(Hook.FORWARD, packet.apply(i), repeat);
            if (!outcome.accepted()) {
                throw new IllegalStateException("the sample table must accept every packet of this benchmark");
            }
            nanos[i] = outcome.nanos();
            if (i % drainEvery == 0) {
                while (trial.poll(_ -> {}, 0) > 0) {}
            }
        }
        return new Series(nanos);
    }
}
