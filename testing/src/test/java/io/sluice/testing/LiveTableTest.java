package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Change;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    @Test
    void afterEachChangeItIsTheFreshTable() {
        long seed = Chance.seed(1);
        for (int i = 0; i < (seed == 1 ? 600 : 1); i++) {
            Chance chance = new Chance(seed + i);
            Snapshot snapshot = RandomCluster.of(chance, chance.between(1, 10), chance.between(0, 10));
            LiveTable live = LiveTable.of(snapshot);
            RandomChanges changes = new RandomChanges(chance);
            List<Change> made = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                Change change = changes.next(snapshot);
                made.add(change);
                snapshot = change.appliedTo(snapshot);
                VerdictTable table = live.apply(change);
                assertThat(table.snapshot()).as("seed %s %s", seed + i, made).isEqualTo(snapshot);
                VerdictTable fresh = VerdictTable.of(snapshot);
                assertThat(Meaning.of(table)).as("seed %s %s", seed + i, made).isEqualTo(Meaning.of(fresh));
                if (snapshot.pods().isEmpty()) {
                    continue;
                }
                RandomConnections connections = new RandomConnections(chance, snapshot);
                for (int c = 0; c < 20; c++) {
                    Connection connection = connections.next();
                    Decision decision = Decider.decide(snapshot, connection);
                    for (Direction direction : Direction.values()) {
                        assertThat(table.cause(connection, direction))
                                .as("seed %s %s", seed + i, connection)
                                .isEqualTo((direction == Direction.EGRESS ? decision.egress() : decision.ingress()).cause());
                    }
                    assertThat(table.verdict(connection)).isEqualTo(decision.verdict());
                }
            }
        }
    }
}
