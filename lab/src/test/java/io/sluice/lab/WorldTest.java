package io.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lab.RulePorts.Port;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static Snapshot with(Policy... policies) {
        return Placement.of(Clusters.uniform(1), 1).withPolicies(List.of(policies));
    }

    private static List<String> addresses(Peer.Network... blocks) {
        Policy[] policies = Arrays.stream(blocks)
                .map(b -> Rules.allow("team-0", Direction.EGRESS, b, PortMatch.EVERYTHING))
                .toArray(Policy[]::new);
        return World.addresses(with(policies)).stream().map(Ip::toString).toList();
    }

    @Test
    void withoutBlocksOnlyTheAnonymousAreThere() {
        assertThat(addresses()).containsExactly("203.0.113.77", "2001:db8::77");
    }

    @Test
    void bothEndsOfEachRegionStandForIt() {
        assertThat(addresses(Rules.block("198.51.100.0/24", "198.51.100.64/26")))
                .containsExactly(
                        "1.0.0.0",
                        "198.51.99.255",
                        "198.51.100.0",
                        "198.51.100.63",
                        "198.51.100.64",
                        "198.51.100.127",
                        "198.51.100.128",
                        "198.51.100.255",
                        "198.51.101.0",
                        "203.0.113.77",
                        "223.255.255.255",
                        "2001:db8::77");
    }

    @Test
    void ipv6IsCutTheSameWay() {
        assertThat(addresses(Rules.block("2001:db8:5::/48")))
                .containsExactly(
                        "203.0.113.77",
                        "100::",
                        "2001:db8::77",
                        "2001:db8:4:ffff:ffff:ffff:ffff:ffff",
                        "2001:db8:5::",
                        "2001:db8:5:ffff:ffff:ffff:ffff:ffff",
                        "2001:db8:6::",
                        "fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    }

    @Test
    void theClustersOwnRangesAreNotTheWorlds() {
        assertThat(addresses(Rules.block("10.244.0.0/16"), Rules.block("10.0.0.0/8", "10.244.7.0/24")))
                .containsExactly(
                        "1.0.0.0",
                        "9.255.255.255",
                        "10.0.0.0",
                        "10.243.255.255",
                        "10.245.0.0",
                        "10.255.255.255",
                        "11.0.0.0",
                        "203.0.113.77",
                        "223.255.255.255",
                        "2001:db8::77");
    }

    @Test
    void everyAddressAndNoneIsOneRegionEach() {
        assertThat(addresses(Rules.block("0.0.0.0/0")))
                .containsExactly("1.0.0.0", "203.0.113.77", "223.255.255.255", "2001:db8::77");
    }

    @Test
    void listensWhereRulesSpeakOfAddressesAndOnOneMore() {
        Snapshot placed = with(
                Rules.allow(
                        "team-0", Direction.EGRESS, Rules.block("198.51.100.0/24"), PortMatch.port(Protocol.TCP, 443)),
                Rules.allow(
                        "team-0",
                        Direction.EGRESS,
                        Peer.EVERYTHING,
                        new PortMatch.Range(TrafficRange.ports(Protocol.UDP, 53, 60)),
                        PortMatch.port(Protocol.SCTP, 99),
                        PortMatch.port(Protocol.TCP, 7777)),
                Rules.allow("team-0", Direction.INGRESS, Peer.EVERYTHING, PortMatch.port(Protocol.TCP, 8080)));
        assertThat(World.ports(placed).stream().map(Port::toString))
                .containsExactly("443/TCP", "7777/TCP", "7778/TCP", "53/UDP", "60/UDP");
    }
}
