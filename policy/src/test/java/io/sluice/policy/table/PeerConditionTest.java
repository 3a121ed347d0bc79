package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.table.PeerTest.All;
import io.sluice.policy.table.PeerTest.Any;
import io.sluice.policy.table.PeerTest.Not;
import io.sluice.policy.table.PeerTest.OneOf;
import io.sluice.policy.table.PeerTest.OwnNode;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a {@link PeerTest} holds of: its logic, what it asks for, and what of it is left when the own node is known. */
class PeerConditionTest {
    private static final PeerTest OWN_NODE = new OwnNode();
    private static final PeerTest ONE = new OneOf(new int[] {1});
    private static final PeerTest TWO = new OneOf(new int[] {2});

    private static BitSet set(int... features) {
        BitSet set = new BitSet();
        for (int feature : features) {
            set.set(feature);
        }
        return set;
    }

    /** A condition, whether it holds for the features: none; 1; 2; 1 and 2, and which it asks for. */
    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of(PeerTest.ALWAYS, "yes yes yes yes", set()),
                Arguments.of(PeerTest.NEVER, "no no no no", set()),
                Arguments.of(ONE, "no yes no yes", set(1)),
                Arguments.of(new OneOf(new int[] {1, 2}), "no yes yes yes", set(1, 2)),
                Arguments.of(new Not(ONE), "yes no yes no", set(1)),
                Arguments.of(new All(List.of(ONE, TWO)), "no no no yes", set(1, 2)),
                Arguments.of(new Any(List.of(new Not(ONE), TWO)), "yes no yes yes", set(1, 2)),
                Arguments.of(new Any(List.of(new Not(ONE), new Not(TWO))), "yes yes yes no", set(1, 2)),
                Arguments.of(new All(List.of(ONE, new Not(TWO))), "no yes no no", set(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void holds(PeerTest condition, String holds, BitSet asked) {
        List<BitSet> peers = List.of(set(), set(1), set(2), set(1, 2));
        assertThat(peers.stream().map(peer -> condition.matches(peer) ? "yes" : "no"))
                .containsExactly(holds.split(" "));
        BitSet used = new BitSet();
        condition.addFeatures(used);
        assertThat(used).isEqualTo(asked);
        assertThat(condition.asksForOwnNode()).isFalse();
        assertThat(condition.on(true)).isSameAs(condition);
        assertThat(condition.on(false)).isSameAs(condition);
    }

    /** A condition about the own node, and whether it holds for a peer with feature 1: the own node; another. */
    static Stream<Arguments> aboutTheOwnNode() {
        return Stream.of(
                Arguments.of(OWN_NODE, "yes no"),
                Arguments.of(new Not(OWN_NODE), "no yes"),
                Arguments.of(new All(List.of(ONE, OWN_NODE)), "yes no"),
                Arguments.of(new All(List.of(TWO, OWN_NODE)), "no no"),
                Arguments.of(new Any(List.of(TWO, OWN_NODE)), "yes no"),
                Arguments.of(new Any(List.of(ONE, OWN_NODE)), "yes yes"),
                Arguments.of(new Any(List.of(new Not(OWN_NODE), new All(List.of(OWN_NODE, TWO)))), "no yes"));
    }

    @ParameterizedTest
    @MethodSource("aboutTheOwnNode")
    void isWorkedOutWhenTheOwnNodeIsKnown(PeerTest condition, String holds) {
        assertThat(condition.asksForOwnNode()).isTrue();
        assertThat(Stream.of(true, false)
                        .map(condition::on)
                        .map(known -> !known.asksForOwnNode() && known.matches(set(1)) ? "yes" : "no"))
                .containsExactly(holds.split(" "));
    }

    @Test
    void isNotAskedBeforeTheOwnNodeIsKnown() {
        assertThatThrownBy(() -> OWN_NODE.matches(set())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void alternativesAreMadeOneTestWhereTheyCan() {
        assertThat(PeerTest.any(List.of()))
                .isInstanceOfSatisfying(
                        OneOf.class, none -> assertThat(none.anyOf()).isEmpty());
        assertThat(PeerTest.any(List.of(TWO, ONE)))
                .isInstanceOfSatisfying(
                        OneOf.class, both -> assertThat(both.anyOf()).containsExactly(1, 2));
        assertThat(PeerTest.any(List.of(ONE, PeerTest.ALWAYS, OWN_NODE))).isEqualTo(PeerTest.ALWAYS);
        assertThat(PeerTest.any(List.of(OWN_NODE))).isEqualTo(OWN_NODE);
        assertThat(PeerTest.any(List.of(OWN_NODE, PeerTest.NEVER))).isEqualTo(OWN_NODE);
        assertThat(PeerTest.any(List.of(OWN_NODE, ONE)))
                .isInstanceOfSatisfying(
                        Any.class, any -> assertThat(any.parts()).hasSize(2));
    }
}
