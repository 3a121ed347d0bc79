package io.sluice.dataplane.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.Mode;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.nftables.Transaction.Garbage;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The text for one small table, with the digests in names replaced by numbers in order of appearance. */
class RulesetTest {
    private static final Pattern NAME = Pattern.compile("\\b([a-z]+(?:_(?:ip6?|node))*)_([0-9a-f]{16})\\b");

    /**
     * Pod a may send to 10.2.0.0/16 on TCP 80 to 90 and ping it, but not to pod b, which lies inside; it may reach its own
     * node. Nothing else.
     */
    private static final NodeTable SMALL = new NodeTable(
            List.of(Tables.address("10.1.0.2", 1, 7), Tables.address("10.2.0.2", 2, NodeTable.NO_POLICY_SET)),
            List.of(Tables.network("10.2.0.0/16", 3)),
            List.of(new PolicySet(
                    7,
                    Tables.OPEN,
                    new Rows(
                            PortTable.of(Tables.DENY),
                            Map.of(
                                    3,
                                    Tables.only(
                                            Tables.tcp(80, 90),
                                            TrafficRange.ports(Protocol.ICMP, 8 << 8, 8 << 8 | 255)),
                                    9,
                                    PortTable.of(Tables.OWN_NODE))))),
            List.of(Cidr.parse("10.1.0.0/24")),
            9,
            Mode.DEFAULT);

    @Test
    void the_text_for_a_small_table() throws IOException {
        NftOptions options = NftOptions.forTable("demo");
        Ruleset ruleset = RulesetBuilder.build(SMALL, options, "0").ruleset();
        String text =
                Transaction.write(options, ruleset, Set.of(), Garbage.NONE) + Transaction.putInForce("demo", ruleset);
        Path golden = Path.of("src/test/resources/io/sluice/dataplane/nftables/small-table.nft");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, numbered(text));
        }
        assertThat(numbered(text))
                .describedAs("run with -Dgolden.update=true to accept the new text")
                .isEqualTo(Files.readString(golden));
    }

    @Test
    void the_same_table_gives_the_same_text_and_another_shares_what_is_equal() {
        NftOptions options = NftOptions.forTable("demo");
        Ruleset ruleset = RulesetBuilder.build(SMALL, options, "0").ruleset();
        assertThat(RulesetBuilder.build(SMALL, options, "0").ruleset()).isEqualTo(ruleset);
        NodeTable onePodMore = new NodeTable(
                List.of(
                        Tables.address("10.1.0.2", 1, 7),
                        Tables.address("10.1.0.3", 1, 7),
                        Tables.address("10.2.0.2", 2, NodeTable.NO_POLICY_SET)),
                SMALL.networks(),
                SMALL.policySets(),
                SMALL.podRanges(),
                SMALL.ownNode(),
                SMALL.mode());
        assertThat(RulesetBuilder.build(onePodMore, options, "0")
                        .ruleset()
                        .chains()
                        .keySet())
                .filteredOn(name -> !ruleset.chains().containsKey(name))
                .noneMatch(name -> name.startsWith(Ruleset.ROW) || name.startsWith("ports_"))
                .noneMatch(name -> name.startsWith("allow_") || name.startsWith("deny_"));
    }

    private static String numbered(String text) {
        Map<String, Integer> numbers = new TreeMap<>();
        Matcher names = NAME.matcher(text);
        return names.replaceAll(name -> {
            int next = numbers.size() + 1;
            return name.group(1) + "_" + numbers.computeIfAbsent(name.group(2), _ -> next);
        });
    }
}
