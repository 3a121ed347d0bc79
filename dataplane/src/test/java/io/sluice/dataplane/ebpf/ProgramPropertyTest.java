package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.ebpf.EbpfTrial.Connection;
import io.sluice.dataplane.ebpf.Reference.Packet;
import io.sluice.dataplane.testnet.Root;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The program gives every packet what the table says. Tables follow one another in the same maps, so that each is also
 * a test of the change from the one before; the seed in a failure reproduces it.
 */
class ProgramPropertyTest {
    private static final int TABLES = 60;
    private static final int PACKETS = 150;

    @BeforeAll
    static void root() {
        Root.required();
    }

    @ParameterizedTest
    @EnumSource
    void judgesAsTheTableSays(Connection connection) throws Exception {
        EbpfOptions options = new EbpfOptions(64, 64, 512, 1024, 64, 1 << 16, Integer.MAX_VALUE);
        try (EbpfTrial trial = EbpfTrial.load(options, connection)) {
            for (int seed = 0; seed < TABLES; seed++) {
                RandomTables random = new RandomTables(seed);
                NodeTable table = random.table();
                Reference reference = new Reference(table);
                trial.apply(table);
                for (int i = 0; i < PACKETS; i++) {
                    Packet packet = random.packet();
                    ProgramCheck.judges(
                            trial,
                            table.mode(),
                            connection,
                            packet,
                            reference.judge(connection, packet),
                            "seed " + seed);
                }
            }
        }
    }
}
