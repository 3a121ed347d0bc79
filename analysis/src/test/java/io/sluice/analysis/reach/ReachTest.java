package io.sluice.analysis.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.VerdictTable;
import io.sluice.testing.Chance;
import io.sluice.testing.RandomCluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {
    private static final List<Integer> KEYS = List.of(
            TrafficRange.key(Protocol.TCP, 80),
            TrafficRange.key(Protocol.TCP, 8080),
            TrafficRange.key(Protocol.TCP, 443),
            TrafficRange.key(Protocol.UDP, 53),
            TrafficRange.key(Protocol.SCTP, 9),
            TrafficRange.key(Protocol.ICMP, 8 << 8));

    /** Each pair of pods, and of pods and ranges outside, is allowed what the decider allows. */
    @Test
    void everyPairIsTheDeciders() {
        long seed = Chance.seed(100);
        for (int i = 0; i < 200; i++) {
            Snapshot snapshot = RandomCluster.of(new Chance(seed + i), 7, 7);
            List<End> ends = new ArrayList<>(Ends.of(snapshot, Ends.Level.PODS));
            ends.addAll(Ends.external(List.of(snapshot)));
            Reach reach = new Reach(VerdictTable.of(snapshot), ends);
            int[] row = new int[ends.size()];
            for (int from = 0; from < row.length; from++) {
                if (ends.get(from).isSource()) {
                    reach.from(from, row);
                    for (int to = 0; to < row.length; to++) {
                        End source = ends.get(from);
                        End destination = ends.get(to);
                        if (destination.isDestination() && !End.isOmitted(source, destination)) {
                            compare(seed + i, snapshot, source, destination, reach.traffic(row[to]));
                        }
                    }
                }
            }
        }
    }

    private static void compare(long seed, Snapshot snapshot, End source, End destination, Traffic found) {
        for (int key : KEYS) {
            boolean allowed = source.parties().stream()
                    .anyMatch(from -> destination.parties().stream()
                            .anyMatch(to -> meet(from, to) && allows(snapshot, from, to, key)));
            assertThat(found.contains(key))
                    .as("seed %d: %s => %s %s", seed, source.name(), destination.name(), Traffic.keyText(key))
                    .isEqualTo(allowed);
        }
    }

    private static boolean meet(Party from, Party to) {
        return from.address().isEmpty()
                || to.address().isEmpty()
                || from.address().get().isV4() == to.address().get().isV4();
    }

    private static boolean allows(Snapshot snapshot, Party from, Party to, int key) {
        Connection connection = new Connection(from, to, new Protocol(key >>> 16), key & 0xffff);
        return Decider.decide(snapshot, connection).verdict() == Verdict.ALLOW;
    }

    /** np-guard: the coarsest division by the blocks without their exceptions; neighbours stay apart. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                       | 0.0.0.0-255.255.255.255
            10.0.0.0/8                               | 0.0.0.0-9.255.255.255 10.0.0.0-10.255.255.255 11.0.0.0-255.255.255.255
            0.0.0.0/0                                | 0.0.0.0-255.255.255.255
            0.0.0.0/1;128.0.0.0/1                    | 0.0.0.0-127.255.255.255 128.0.0.0-255.255.255.255
            0.0.0.0/0-10.0.0.0/9-10.128.0.0/9        | 0.0.0.0-9.255.255.255 10.0.0.0-10.255.255.255 11.0.0.0-255.255.255.255
            255.255.255.255/32                       | 0.0.0.0-255.255.255.254 255.255.255.255-255.255.255.255
            10.0.0.0/30;10.0.0.2/32                  | 0.0.0.0-9.255.255.255 10.0.0.0-10.0.0.1 10.0.0.2-10.0.0.2 10.0.0.3-10.0.0.3 10.0.0.4-255.255.255.255
            10.0.0.0/31-10.0.0.0/32                  | 0.0.0.0-10.0.0.0 10.0.0.1-10.0.0.1 10.0.0.2-255.255.255.255
            fd00::/8                                 | 0.0.0.0-255.255.255.255 ::-fcff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fe00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
            """)
    void theWorldOutsideIsDividedByTheBlocks(String blocks, String ranges) {
        List<Peer> peers = new ArrayList<>();
        for (String block : blocks.isEmpty() ? new String[0] : blocks.split(";")) {
            List<Cidr> parts = Arrays.stream(block.split("-")).map(Cidr::parse).toList();
            peers.add(new Peer.Network(parts.getFirst(), parts.subList(1, parts.size())));
        }
        Rule rule = new Rule("", Action.ALLOW, peers, List.of(PortMatch.EVERYTHING), SourcePosition.NONE);
        Policy policy = Policy.network(
                new PolicyId("NetworkPolicy", "a", "p"),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named("a"), Selector.ALL),
                List.of(Section.ofNetworkPolicy(Direction.INGRESS, List.of(rule))));
        Snapshot snapshot = Snapshot.of(List.of(), List.of(), List.of(), List.of(), List.of(policy));
        assertThat(ExternalRanges.of(List.of(snapshot), Direction.INGRESS).stream()
                        .map(Object::toString))
                .containsExactly(ranges.split(" "));
        assertThat(ExternalRanges.of(List.of(snapshot), Direction.EGRESS).getFirst())
                .hasToString("0.0.0.0-255.255.255.255");
    }
}
