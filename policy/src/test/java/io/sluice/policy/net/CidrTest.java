package io.sluice.policy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrTest {
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.0/8   | 10.1.0.0/16  | true
            10.1.0.0/16  | 10.0.0.0/8   | true
            10.0.0.0/8   | 10.0.0.0/8   | true
            10.0.0.0/9   | 10.128.0.0/9 | false
            10.0.0.0/8   | 11.0.0.0/8   | false
            0.0.0.0/0    | ::/0         | false
            ::/0         | fd00::/8     | true
            """)
    void blocksOverlapIfOneHoldsTheOther(String one, String other, boolean overlap) {
        assertThat(Cidr.parse(one).overlaps(Cidr.parse(other))).isEqualTo(overlap);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.0/8        | 10.255.255.255
            10.0.0.1/32       | 10.0.0.1
            0.0.0.0/0         | 255.255.255.255
            ::/0              | ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            fd00::/63         | fd00::1:ffff:ffff:ffff:ffff
            fd00::/64         | fd00::ffff:ffff:ffff:ffff
            fd00::/65         | fd00::7fff:ffff:ffff:ffff
            fd00::1/128       | fd00::1
            """)
    void last(String block, String last) {
        assertThat(Cidr.parse(block).last()).hasToString(last);
    }

    @Test
    void whatIsNoPrefixIsRefusedByName() {
        assertThatThrownBy(() -> Cidr.parse("10.0.0.0")).hasMessage("not a CIDR: 10.0.0.0");
        assertThatThrownBy(() -> Ip.parse("10.0.0")).hasMessage("not an IP address: 10.0.0");
    }

    /** RFC 4291 §2.2: the last 32 bits may be written as a dotted quad, all zero too. */
    @ParameterizedTest
    @CsvSource({"::0.0.0.0, ::", "1::0.0.0.0, 1::", "::1.2.3.4, ::102:304", "1:2:3:4:5:6:7.8.9.10, 1:2:3:4:5:6:708:90a"
    })
    void anIpv6AddressMayEndAsAnIpv4One(String written, String read) {
        assertThat(Ip.parse(written)).hasToString(read);
    }
}
