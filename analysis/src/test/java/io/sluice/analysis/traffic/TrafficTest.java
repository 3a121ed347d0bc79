package io.sluice.analysis.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.testing.Chance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TCP 80                      | TCP 80
            TCP 80,81,8080              | TCP 80-81,8080
            UDP 53,TCP 53               | TCP 53,UDP 53
            TCP 1-65535                 | TCP 1-65535
            SCTP 7,UDP 1-2,TCP 9        | SCTP 7,TCP 9,UDP 1-2
            All Connections             | All Connections
            TCP,UDP,SCTP                | All Connections
            TCP                         | TCP 1-65535
            ICMP                        | ICMP
            No Connections              | No Connections
            ICMP,TCP 80                 | TCP 80
            """)
    void npGuardsNotation(String written, String printed) {
        assertThat(Traffic.parse(written)).isPresent().get().hasToString(printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ICMP,TCP 80       | TCP 80,ICMP
            TCP,UDP,SCTP      | SCTP 1-65535,TCP 1-65535,UDP 1-65535
            All Connections   | All Connections
            """)
    void exactly(String written, String printed) {
        assertThat(Traffic.parse(written).orElseThrow().exact()).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TCP x
            TCP 80-
            TCP 90-80
            80
            TCP 65536
            UDP 0
            TCP 0-5
            XYZ 80
            ICMP 8
            ''
            """)
    void otherTextIsNoTraffic(String written) {
        assertThat(Traffic.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TCP 80-90      | TCP 85-100     | TCP 85-90      | TCP 80-100         | TCP 80-84
            TCP 80         | UDP 80         | No Connections | TCP 80,UDP 80      | TCP 80
            TCP 1-10,20-30 | TCP 5-25       | TCP 5-10,20-25 | TCP 1-30           | TCP 1-4,26-30
            TCP 80         | All Connections| TCP 80         | All Connections    | No Connections
            """)
    void algebra(String a, String b, String and, String or, String minus) {
        Traffic one = Traffic.parse(a).orElseThrow();
        Traffic other = Traffic.parse(b).orElseThrow();
        assertThat(one.and(other)).hasToString(and);
        assertThat(one.or(other)).hasToString(or);
        assertThat(one.minus(other)).hasToString(minus);
    }

    /** Every operation is that of the sets, key by key. */
    @Test
    void algebraIsThatOfSets() {
        Chance chance = new Chance(Chance.seed(1));
        for (int i = 0; i < 500; i++) {
            Traffic a = some(chance);
            Traffic b = some(chance);
            for (int key = 0; key < 64; key++) {
                assertThat(a.and(b).contains(key)).isEqualTo(a.contains(key) && b.contains(key));
                assertThat(a.or(b).contains(key)).isEqualTo(a.contains(key) || b.contains(key));
                assertThat(a.minus(b).contains(key)).isEqualTo(a.contains(key) && !b.contains(key));
            }
            assertThat(a.or(b).contains(a)).isTrue();
            assertThat(a.minus(b).or(a.and(b))).isEqualTo(a);
        }
    }

    private static Traffic some(Chance chance) {
        List<TrafficRange> ranges = new ArrayList<>();
        for (int i = chance.below(5); i > 0; i--) {
            int first = chance.below(60);
            ranges.add(new TrafficRange(first, first + chance.below(8)));
        }
        return Traffic.of(ranges);
    }

    @Test
    void aWitnessIsAPortWhereThereIsOne() {
        assertThat(Traffic.keyText(Traffic.ALL.witness())).isEqualTo("TCP 1");
        assertThat(Traffic.keyText(Traffic.of(TrafficRange.of(Protocol.ICMP)).witness()))
                .isEqualTo("ICMP type 0 code 0");
    }
}
