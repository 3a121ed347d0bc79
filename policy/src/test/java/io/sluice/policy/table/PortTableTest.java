package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortTableTest {
    private static final Cause ALLOW = new Cause.NoPolicy();
    private static final Cause DENY = new Cause.Isolated("t", List.of(new PolicyId("P", "", "p")));
    private static final PortTable TABLE =
            new PortTable(List.of(new Entry(0, DENY), new Entry(80, ALLOW), new Entry(81, DENY), new Entry(90, ALLOW)));

    @ParameterizedTest
    @CsvSource({"0, deny", "79, deny", "80, allow", "81, deny", "89, deny", "90, allow", "16777215, allow"})
    void everyKeyHasTheCauseOfTheLastRangeThatDoesNotStartAfterIt(int key, String verdict) {
        assertThat(TABLE.at(key).verdict()).hasToString(verdict);
        assertThat(TABLE.allows(key)).isEqualTo(verdict.equals("allow"));
    }

    /** Found out from the ends of what is allowed where they tell it, from the ranges where they do not. */
    @Test
    void allowsWhatItsCauseAllows() {
        List<List<Entry>> tables = List.of(
                List.of(new Entry(0, ALLOW)),
                List.of(new Entry(0, DENY)),
                List.of(new Entry(0, ALLOW), new Entry(5, new Cause.Self())),
                List.of(new Entry(0, ALLOW), new Entry(5, DENY)),
                List.of(new Entry(0, DENY), new Entry(5, ALLOW)),
                List.of(new Entry(0, DENY), new Entry(5, ALLOW), new Entry(6, new Cause.Self()), new Entry(8, DENY)),
                List.of(new Entry(0, ALLOW), new Entry(3, DENY), new Entry(6, ALLOW), new Entry(8, DENY)),
                List.of(new Entry(0, DENY), new Entry(3, ALLOW), new Entry(6, DENY), new Entry(8, ALLOW)));
        for (List<Entry> entries : tables) {
            PortTable table = new PortTable(entries);
            for (int key : new int[] {0, 2, 3, 4, 5, 6, 7, 8, 9, TrafficRange.SPACE - 1}) {
                assertThat(table.allows(key))
                        .as("%s at %s", entries, key)
                        .isEqualTo(table.at(key).verdict() == Verdict.ALLOW);
            }
        }
    }

    @Test
    void neighboursNeverShareACause() {
        PortTable table = new PortTable(List.of(new Entry(0, DENY), new Entry(5, DENY), new Entry(9, ALLOW)));
        assertThat(table.entries()).containsExactly(new Entry(0, DENY), new Entry(9, ALLOW));
        assertThat(table).isEqualTo(new PortTable(List.of(new Entry(0, DENY), new Entry(9, ALLOW))));
        assertThat(table).hasSameHashCodeAs(new PortTable(table.entries()));
        assertThat(table).isNotEqualTo(new PortTable(List.of(new Entry(0, DENY), new Entry(8, ALLOW))));
        assertThat(table).isNotEqualTo(new PortTable(List.of(new Entry(0, DENY), new Entry(9, new Cause.Self()))));
    }

    @Test
    void aRangeEndsBeforeTheNextOrWithTheSpace() {
        assertThat(List.of(TABLE.lastOf(0), TABLE.lastOf(1), TABLE.lastOf(2), TABLE.lastOf(3)))
                .containsExactly(79, 80, 89, TrafficRange.SPACE - 1);
        assertThat(TABLE).hasToString(TABLE.entries().toString());
    }

    @Test
    void isUniformIfOneVerdictIsGivenThroughout() {
        assertThat(TABLE.isUniform(Verdict.ALLOW)).isFalse();
        assertThat(TABLE.isUniform(Verdict.DENY)).isFalse();
        assertThat(PortTable.of(ALLOW).isUniform(Verdict.ALLOW)).isTrue();
        assertThat(PortTable.of(ALLOW).isUniform(Verdict.DENY)).isFalse();
        assertThat(PortTable.of(DENY).isUniform(Verdict.DENY)).isTrue();
        assertThat(new PortTable(List.of(new Entry(0, ALLOW), new Entry(7, new Cause.Self()))).isUniform(Verdict.ALLOW))
                .isTrue();
    }

    @Test
    void itCoversTheWholeSpaceInOrder() {
        assertThatThrownBy(() -> new PortTable(List.of())).isInstanceOf(IllegalArgumentException.class);
        for (List<Entry> wrong : List.of(
                List.of(new Entry(1, ALLOW)),
                List.of(new Entry(0, ALLOW), new Entry(0, DENY)),
                List.of(new Entry(0, ALLOW), new Entry(5, DENY), new Entry(4, ALLOW)))) {
            assertThatThrownBy(() -> new PortTable(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("entries must start at 0 and ascend");
        }
    }
}
