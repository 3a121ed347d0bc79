package io.sluice.dataplane.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.NetworkEntry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Longest prefix as disjoint intervals that cover the family. */
class AddressSpaceTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            V4 |                                               | 0.0.0.0-255.255.255.255=0
            V4 | 0.0.0.0/0=1                                   | 0.0.0.0-255.255.255.255=1
            V4 | 10.0.0.0/8=1                                  | 0.0.0.0-9.255.255.255=0 10.0.0.0-10.255.255.255=1 11.0.0.0-255.255.255.255=0
            V4 | 10.0.0.0/8=1 10.0.0.0/16=2                    | 0.0.0.0-9.255.255.255=0 10.0.0.0-10.0.255.255=2 10.1.0.0-10.255.255.255=1 11.0.0.0-255.255.255.255=0
            V4 | 10.0.0.0/8=1 10.255.0.0/16=2                  | 0.0.0.0-9.255.255.255=0 10.0.0.0-10.254.255.255=1 10.255.0.0-10.255.255.255=2 11.0.0.0-255.255.255.255=0
            V4 | 10.0.0.0/8=1 10.2.0.0/16=2 10.2.3.4/32=1      | 0.0.0.0-9.255.255.255=0 10.0.0.0-10.1.255.255=1 10.2.0.0-10.2.3.3=2 10.2.3.4-10.2.3.4=1 10.2.3.5-10.2.255.255=2 10.3.0.0-10.255.255.255=1 11.0.0.0-255.255.255.255=0
            V4 | 0.0.0.0/1=1 128.0.0.0/1=1                     | 0.0.0.0-255.255.255.255=1
            V4 | 255.255.255.255/32=4 0.0.0.0/32=4             | 0.0.0.0-0.0.0.0=4 0.0.0.1-255.255.255.254=0 255.255.255.255-255.255.255.255=4
            V4 | fd00::/8=1                                    | 0.0.0.0-255.255.255.255=0
            V6 | ::/0=1 fd00::/8=2                             | ::-fcff:ffff:ffff:ffff:ffff:ffff:ffff:ffff=1 fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff=2 fe00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff=1
            V6 | ffff::/16=3                                   | ::-fffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff=0 ffff::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff=3
            V6 | ::/1=1 8000::/1=1                             | ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff=1
            """)
    void cuts(Family family, String networks, String expected) {
        List<NetworkEntry> entries = networks == null
                ? List.of()
                : Arrays.stream(networks.split(" "))
                        .map(n -> n.split("="))
                        .map(n -> Tables.network(n[0], Integer.parseInt(n[1])))
                        .toList();
        NodeTable table = new NodeTable(List.of(), entries, List.of(), List.of(), 1, Mode.DEFAULT);
        String cut = AddressSpace.of(table, family).intervals().stream()
                .map(i -> i.first() + "-" + i.last() + "=" + i.identity())
                .collect(Collectors.joining(" "));
        assertThat(cut).isEqualTo(expected);
    }
}
