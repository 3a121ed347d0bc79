package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.bpf.BpfProgram;
import io.sluice.policy.decide.Cause;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The program of {@link EbpfDataplane} without a network: loaded, attached to nothing, run on crafted packets
 * (BPF_PROG_TEST_RUN). For tests and benchmarks; needs the same kernel and permissions.
 */
public final class EbpfTrial implements AutoCloseable {
    private static final int ACCEPT = 1;
    private final KernelTable table;

    private EbpfTrial(KernelTable table) {
        this.table = table;
    }

    /** What conntrack would say of the packet; the numbers are {@code enum ip_conntrack_info}. */
    public enum Connection {
        ESTABLISHED(0),
        RELATED(1),
        NEW(2),
        ESTABLISHED_REPLY(3),
        RELATED_REPLY(4);

        private final int number;

        Connection(int number) {
            this.number = number;
        }
    }

    /** Where the packet is met. */
    public enum Hook {
        /** On its way through the node. */
        FORWARD,
        /** Its destination is the node. */
        LOCAL_IN
    }

    /**
     * What the program did.
     *
     * @param nanos mean time of one run
     */
    public record Outcome(boolean accepted, int nanos) {}

    /** Loads the program; every packet is taken to be in this state. */
    public static EbpfTrial load(EbpfOptions options, Connection connection) throws DataplaneException {
        Program program = Program.load(options, OptionalInt.of(connection.number));
        program.maps().config().initialize();
        return new EbpfTrial(new KernelTable(program));
    }

    public Dataplane.Applied apply(NodeTable wanted) throws DataplaneException {
        return table.apply(wanted);
    }

    public int poll(Consumer<KernelEvent> sink, int timeoutMillis) {
        return table.poll(sink, timeoutMillis);
    }

    public Map<Cause, Dataplane.Hits> hits() {
        return table.hits();
    }

    /**
     * Runs the program.
     *
     * @param packet from the IP header on, at least 20 bytes
     * @param repeat how many times; each run judges, counts and reports
     */
    public Outcome judge(Hook hook, byte[] packet, int repeat) {
        BpfProgram program = hook == Hook.FORWARD
                ? table.program().forward()
                : table.program().localIn();
        BpfProgram.Run run = program.run(packet, repeat);
        return new Outcome(run.result() == ACCEPT, run.nanos());
    }

    @Override
    public void close() {
        table.close();
    }
}
