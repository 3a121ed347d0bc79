package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Selector.Any;
import io.sluice.policy.model.Selector.Has;
import io.sluice.policy.model.Selector.In;
import io.sluice.policy.model.Selector.Not;
import io.sluice.policy.model.Selector.Text;
import io.sluice.policy.model.Selector.Text.Where;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SelectorTest {
    private static final Selector A_IS_1 = new In("a", Set.of("1"));
    private static final Selector HAS_B = new Has("b");

    /** Selector, its text, then whether it holds for: nothing; a=1; a=12; b= ; a=1,b=x. */
    static Stream<Arguments> selectors() {
        return Stream.of(
                Arguments.of(Selector.ALL, "{}", "yes yes yes yes yes"),
                Arguments.of(A_IS_1, "a=1", "no yes no no yes"),
                Arguments.of(new In("a", Set.of("12", "1")), "a in (1,12)", "no yes yes no yes"),
                Arguments.of(new In("b", Set.of("")), "b=", "no no no yes no"),
                Arguments.of(HAS_B, "b", "no no no yes yes"),
                Arguments.of(new Not(HAS_B), "!b", "yes yes yes no no"),
                Arguments.of(new Not(A_IS_1), "a!=1", "yes no yes yes no"),
                Arguments.of(new Not(new In("a", Set.of("1", "12"))), "a notin (1,12)", "yes no no yes no"),
                Arguments.of(new Selector.All(List.of(A_IS_1, HAS_B)), "a=1,b", "no no no no yes"),
                Arguments.of(new Any(List.of(A_IS_1, HAS_B)), "(a=1 || b)", "no yes no yes yes"),
                Arguments.of(new Any(List.of()), "()", "no no no no no"),
                Arguments.of(new Not(new Any(List.of(A_IS_1, HAS_B))), "!((a=1 || b))", "yes no yes no no"),
                Arguments.of(new Text("a", Where.ANYWHERE, "2"), "a contains 2", "no no yes no no"),
                Arguments.of(new Text("a", Where.START, "1"), "a starts with 1", "no yes yes no yes"),
                Arguments.of(new Text("a", Where.END, "1"), "a ends with 1", "no yes no no yes"),
                Arguments.of(Selector.labels(Map.of("b", "x", "a", "1")), "a=1,b=x", "no no no no yes"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("selectors")
    void holds(Selector selector, String text, String holds) {
        List<Map<String, String>> labels =
                List.of(Map.of(), Map.of("a", "1"), Map.of("a", "12"), Map.of("b", ""), Map.of("a", "1", "b", "x"));
        assertThat(selector).hasToString(text);
        assertThat(labels.stream().map(l -> selector.matches(l) ? "yes" : "no").toList())
                .containsExactly(holds.split(" "));
    }
}
