package io.sluice.policy.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each cause without a rule comes to. */
class CauseTest {
    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new Cause.Isolated("t", List.of(new PolicyId("P", "", "p"))), Verdict.DENY),
                Arguments.of(new Cause.NoPolicy(), Verdict.ALLOW),
                Arguments.of(new Cause.NotASubject(), Verdict.ALLOW),
                Arguments.of(new Cause.Self(), Verdict.ALLOW),
                Arguments.of(new Cause.OwnNode(), Verdict.ALLOW));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void verdict(Cause cause, Verdict verdict) {
        assertThat(cause.verdict()).isEqualTo(verdict);
    }
}
