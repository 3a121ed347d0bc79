package io.sluice.policy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtocolTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            1   | ICMP         | false | true
            6   | TCP          | true  | false
            17  | UDP          | true  | false
            58  | ICMPv6       | false | true
            132 | SCTP         | true  | false
            0   | protocol 0   | false | false
            47  | protocol 47  | false | false
            255 | protocol 255 | false | false
            """)
    void whatAProtocolIs(int number, String name, boolean hasPorts, boolean isIcmp) {
        Protocol protocol = new Protocol(number);
        assertThat(protocol).hasToString(name);
        assertThat(protocol.hasPorts()).isEqualTo(hasPorts);
        assertThat(protocol.isIcmp()).isEqualTo(isIcmp);
        assertThat(Protocol.named(name).map(Protocol::number).orElse(-1)).isEqualTo(name.contains(" ") ? -1 : number);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void aProtocolIsOneByte(int number) {
        assertThatThrownBy(() -> new Protocol(number)).hasMessage("protocol number " + number + " is outside 0-255");
    }

    @Test
    void orderIsByNumber() {
        assertThat(Protocol.TCP).isLessThan(Protocol.UDP).isGreaterThan(Protocol.ICMP);
    }
}
