package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.PolicyId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableMemoTest {
    private final TableMemo memo = new TableMemo();

    private static PortTable table(int number) {
        return PortTable.of(new Cause.Isolated("t", List.of(new PolicyId("P", "", "p" + number))));
    }

    @Test
    void whatIsRememberedIsKnownAndNothingElse() {
        List<PortTable> tables = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(memo.known(3 * i)).isNull();
            tables.add(table(i));
            memo.remember(3 * i, tables.getLast());
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(memo.known(3 * i)).isSameAs(tables.get(i));
            assertThat(memo.known(3 * i + 1)).isNull();
        }
    }

    /** Two threads may find out the same. */
    @Test
    void theFirstToRememberIsRight() {
        PortTable first = table(1);
        for (int i = 0; i < 100; i++) {
            memo.remember(5, i == 0 ? first : table(1));
        }
        assertThat(memo.known(5)).isSameAs(first);
        assertThat(memo.known(4)).isNull();
    }
}
