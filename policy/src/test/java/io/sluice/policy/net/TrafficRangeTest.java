package io.sluice.policy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficRangeTest {
    @ParameterizedTest(name = "{0}-{1}")
    @CsvSource(delimiter = '|', textBlock = """
            0        | 0        | true
            0        | 16777215 | true
            16777215 | 16777215 | true
            -1       | 0        | false
            1        | 0        | false
            0        | 16777216 | false
            """)
    void aRangeLiesInTheTrafficSpace(int first, int last, boolean good) {
        if (good) {
            TrafficRange range = new TrafficRange(first, last);
            assertThat(range.contains(first)).isTrue();
            assertThat(range.contains(last)).isTrue();
            assertThat(range.contains(first - 1)).isFalse();
            assertThat(range.contains(last + 1)).isFalse();
        } else {
            assertThatThrownBy(() -> new TrafficRange(first, last)).hasMessageContaining("not a traffic range");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            TCP  | 80    | 393296
            UDP  | 0     | 1114112
            SCTP | 65535 | 8716287
            """)
    void aKeyIsProtocolAndPort(String protocol, int port, int key) {
        assertThat(TrafficRange.key(Protocol.named(protocol).orElseThrow(), port))
                .isEqualTo(key)
                .isEqualTo(Protocol.named(protocol).orElseThrow().number() * 65536 + port);
    }

    @ParameterizedTest
    @CsvSource({"1, 5, 1, 5, 0", "1, 5, 2, 3, -1", "2, 3, 1, 5, 1", "1, 4, 1, 5, -1", "1, 6, 1, 5, 1"})
    void orderIsByFirstThenByLast(int first, int last, int otherFirst, int otherLast, int order) {
        assertThat(new TrafficRange(first, last).compareTo(new TrafficRange(otherFirst, otherLast)))
                .isEqualTo(order);
    }
}
