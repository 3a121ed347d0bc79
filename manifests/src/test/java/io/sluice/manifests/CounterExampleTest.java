package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.testing.Chance;
import io.sluice.testing.Manifest;
import io.sluice.testing.RandomCluster;
import io.sluice.testing.RandomConnections;
import io.sluice.testing.Scenario;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a property test prints when it fails is read by the command line, and the same connections are allowed. */
class CounterExampleTest {
    private static final int CLUSTERS = 4_000;
    private static final int CONNECTIONS = 60;
    private static final String UNSAID = "# no Kubernetes object says this: ";

    private static Snapshot read(String text) {
        Manifests read =
                ManifestReader.read(List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(read.hasErrors()).as("%s%n%s", read.diagnostics(), text).isFalse();
        return read.snapshot();
    }

    /** Without the policies that stand there as comments only. */
    private static Snapshot said(Snapshot snapshot, String text) {
        Set<String> comments = text.lines()
                .filter(line -> line.startsWith(UNSAID))
                .map(line -> line.substring(UNSAID.length()))
                .collect(Collectors.toSet());
        List<Policy> said = snapshot.policies().stream()
                .filter(policy -> !comments.contains(policy.toString()))
                .toList();
        assertThat(said.size() + comments.size())
                .as("every policy is there")
                .isEqualTo(snapshot.policies().size());
        return snapshot.withPolicies(said);
    }

    private static void same(String what, Snapshot original, Snapshot copy, Chance chance) {
        RandomConnections connections = new RandomConnections(chance, original);
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = connections.next();
            Connection there = new Connection(
                    of(connection.from(), copy),
                    of(connection.to(), copy),
                    connection.protocol(),
                    connection.port(),
                    connection.hairpin());
            assertThat(Decider.decide(copy, there).verdict())
                    .as("%s: %s", what, connection)
                    .isEqualTo(Decider.decide(original, connection).verdict());
        }
    }

    /** The same party as the copy knows it. */
    private static Party of(Party party, Snapshot copy) {
        return switch (party) {
            case Party.OfPod(Pod pod, Ip ip) ->
                new Party.OfPod(
                        copy.pods().stream().filter(pod::isSame).findFirst().orElseThrow(), ip);
            case Party.OfNode(Node node, Ip ip) ->
                new Party.OfNode(
                        copy.nodes().stream()
                                .filter(other -> other.name().equals(node.name()))
                                .findFirst()
                                .orElse(node),
                        ip);
            case Party.OfNetwork network -> network;
        };
    }

    /** Most random policies are beyond what an object says, so that many clusters are tried for the others. */
    @Test
    void ofARandomCluster() {
        long first = 1;
        long seed = Chance.seed(first);
        int count = seed == first ? CLUSTERS : 1;
        Map<String, Integer> kinds = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Chance chance = new Chance(seed + i);
            Snapshot snapshot = RandomCluster.of(chance, 6, 6);
            String text = Manifest.of(snapshot);
            Snapshot original = said(snapshot, text);
            if (count > 1 && original.policies().isEmpty()) {
                continue;
            }
            Snapshot copy = read(text).withNames(snapshot.names());
            copy.policies().forEach(policy -> kinds.merge(policy.id().kind(), 1, Integer::sum));
            same("seed " + (seed + i), original, copy, chance);
        }
        if (count > 1) {
            assertThat(kinds).containsOnlyKeys("ClusterNetworkPolicy", "NetworkPolicy");
            assertThat(kinds.values()).as("enough to mean something").allMatch(number -> number > CLUSTERS / 50);
        }
    }

    /** Of Cilium's and Calico's policies comments are left, and of the others the objects. */
    @Test
    void ofAClusterWithEveryLanguage() {
        Path mixed = Path.of("..", "examples", "mixed");
        Snapshot snapshot = ManifestReader.read(List.of(mixed.toString()), InputStream.nullInputStream())
                .snapshot();
        String text = Manifest.of(snapshot);
        Snapshot original = said(snapshot, text);
        assertThat(original.policies()).isNotEmpty();
        assertThat(text.lines().filter(line -> line.startsWith(UNSAID))).isNotEmpty();
        same("mixed", original, read(text), new Chance(1));
    }

    /** What happened to the cluster is there too; where nothing did, it is one cluster and read as it stands. */
    @Test
    void ofAScenario() {
        Snapshot snapshot = RandomCluster.of(new Chance(7), 6, 6);
        String still = new Scenario(snapshot, List.of()).toString();
        same("still", said(snapshot, still), read(still).withNames(snapshot.names()), new Chance(7));
    }
}
