package io.sluice.dataplane.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketHeaderTest {
    private static final String V4_ADDRESSES = "0a010002" + "0a020002";
    private static final String V6_ADDRESSES = "fd010000000000000000000000000002" + "fd020000000000000000000000000002";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TCP                    | 45000028000140004006ffff ADDRESSES 1388 0050 00000001 | 10.1.0.2 5000 10.2.0.2 80 TCP
            IPv4 options           | 4600002c000140004011ffff ADDRESSES 01010101 1388 0035 | 10.1.0.2 5000 10.2.0.2 53 UDP
            ICMP echo request      | 4500001c000140004001ffff ADDRESSES 0800 f7ff          | 10.1.0.2 0 10.2.0.2 2048 ICMP
            no ports               | 4500001800014000402fffff ADDRESSES 1388 0050         | 10.1.0.2 0 10.2.0.2 0 protocol 47
            cut off                | 45000014000140004006ffff ADDRESSES 13                 | 10.1.0.2 0 10.2.0.2 0 TCP
            IPv6 UDP               | 6000000000081140 ADDRESSES 1388 0035                  | fd01::2 5000 fd02::2 53 UDP
            IPv6 hop-by-hop        | 6000000000100040 ADDRESSES 3a00050200000000 8f00 0000 | fd01::2 0 fd02::2 36608 ICMPv6
            IPv6 fragment, then SCTP | 6000000000102c40 ADDRESSES 8400000000000001 0001 0b59 | fd01::2 1 fd02::2 2905 SCTP
            IPv6 header cut off    | 6000000000100040 ADDRESSES 3a00                       | none
            no IP                  | ffffffffffffffffffffffffffffffffffffffffffffffff      | none
            nothing                | 00                                                    | none
            """)
    void reads(String name, String hex, String expected) {
        String addresses = hex.startsWith("6") ? V6_ADDRESSES : V4_ADDRESSES;
        byte[] bytes =
                HexFormat.of().parseHex(hex.replace("ADDRESSES", addresses).replace(" ", ""));
        String read = PacketHeader.parse(ByteBuffer.wrap(bytes))
                .map(p -> "%s %d %s %d %s"
                        .formatted(p.source(), p.sourcePort(), p.destination(), p.destinationPort(), p.protocol()))
                .orElse("none");
        assertThat(read).describedAs(name).isEqualTo(expected);
    }
}
