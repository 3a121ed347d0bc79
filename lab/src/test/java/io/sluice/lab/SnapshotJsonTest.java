package io.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.testing.Chance;
import io.sluice.testing.RandomCluster;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotJsonTest {
    @Test
    void everyKindOfThingComesBackAsItWas() {
        Selector selector = new Selector.All(List.of(
                new Selector.In("a", Set.of("", "b")),
                new Selector.Not(new Selector.Has("c")),
                new Selector.Any(List.of(Selector.ALL, new Selector.Has("d")))));
        PortMatch named = new PortMatch.Named("http", null);
        Snapshot placed = Placement.of(Clusters.uniform(3), 2)
                .withPolicies(List.of(
                        Rules.allow("x", Direction.EGRESS, Peer.EVERYTHING, named, PortMatch.EVERYTHING),
                        Rules.allow("x", Direction.EGRESS, Rules.block("10.0.0.0/8", "10.1.0.0/16")),
                        Rules.allow("x", Direction.INGRESS, new Peer.Nodes(selector), PortMatch.port(Protocol.SCTP, 9)),
                        Rules.allow(
                                "x",
                                Direction.INGRESS,
                                new Peer.Pods(new NamespaceMatch.Labelled(selector), Selector.ALL),
                                new PortMatch.Named("dns", Protocol.UDP)),
                        Rules.allow("x", Direction.INGRESS, new Peer.Pods(new NamespaceMatch.Named("y"), selector))));
        LabState state = new LabState("2026-01-01T00:00:00Z", placed, List.of(Ip.parse("2001:db8::1")), List.of());
        byte[] text = SnapshotJson.MAPPER.writeValueAsBytes(state);
        assertThat(SnapshotJson.MAPPER.readValue(text, LabState.class)).isEqualTo(state);
    }

    @Test
    void servicesComeBack() {
        Service closed = new Service(
                "x", "db", "ClusterIP", Map.of("app", "db"), false, List.of(), List.of(), SourcePosition.NONE);
        Service open = new Service(
                "x",
                "web",
                "LoadBalancer",
                Map.of(),
                false,
                List.of(Ip.parse("10.96.0.11")),
                List.of(new Service.ServicePort("http", Protocol.TCP, 80, "", 8080)),
                SourcePosition.NONE,
                new Service.Exposure.Open(true, List.of(Cidr.parse("192.0.2.0/24"))),
                List.of(new Service.Endpoint(Ip.parse("192.0.2.1"), "http", Protocol.TCP, 8080)));
        Snapshot snapshot = Snapshot.of(List.of(), List.of(), List.of(), List.of(closed, open), List.of());
        LabState state = new LabState("2026-01-01T00:00:00Z", snapshot, List.of(), List.of());
        byte[] text = SnapshotJson.MAPPER.writeValueAsBytes(state);
        assertThat(SnapshotJson.MAPPER.readValue(text, LabState.class)).isEqualTo(state);
    }

    /** Everything that the model can hold comes back as it was. */
    @Test
    void randomClustersComeBack() {
        for (int seed = 0; seed < 50; seed++) {
            Snapshot snapshot = RandomCluster.of(new Chance(seed), 10, 12);
            LabState state = new LabState("2026-01-01T00:00:00Z", snapshot, List.of(), List.of());
            byte[] text = SnapshotJson.MAPPER.writeValueAsBytes(state);
            assertThat(SnapshotJson.MAPPER.readValue(text, LabState.class))
                    .as("seed %d", seed)
                    .isEqualTo(state);
        }
    }
}
