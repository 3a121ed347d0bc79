package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each change makes of a snapshot, and which changes lead from one snapshot to another. */
class ChangeTest {
    private static final Ip ADDRESS = Ip.parse("192.0.2.1");
    private static final Ip OTHER_ADDRESS = Ip.parse("192.0.2.2");

    private static Pod pod(String namespace, String name, String app) {
        return new Pod(
                namespace,
                name,
                Map.of("app", app),
                List.of(),
                "n1",
                false,
                List.of(),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE);
    }

    private static Node node(String name, String zone) {
        return new Node(name, Map.of("zone", zone), List.of());
    }

    private static Policy policy(String name, double priority) {
        return new Policy(
                new PolicyId("P", "", name),
                SourcePosition.NONE,
                Tier.ADMIN,
                priority,
                Combining.FIRST_MATCH,
                new Subject(NamespaceMatch.EVERY, Selector.ALL),
                List.of());
    }

    private static Service service(String name) {
        return new Service("a", name, "ClusterIP", Map.of(), false, List.of(), List.of(), SourcePosition.NONE);
    }

    private static Entrance entrance(String name) {
        return new Entrance("Ingress", "a", name, List.of(), SourcePosition.NONE);
    }

    private static Mesh mesh(String trustDomain) {
        return new Mesh(Mesh.ROOT_NAMESPACE, trustDomain, List.of(), List.of(), List.of());
    }

    private static final Snapshot START = new Snapshot(
            Map.of(
                    "a", new Namespace("a", Map.of("team", "red")),
                    "b", new Namespace("b", Map.of()),
                    "empty", new Namespace("empty", Map.of())),
            List.of(pod("a", "p", "x"), pod("a", "q", "x"), pod("b", "p", "x")),
            List.of(node("n1", "z1"), node("n2", "z2")),
            List.of(service("s")),
            List.of(policy("p1", 1), policy("p2", 2)),
            List.of(entrance("e")),
            Map.of(ADDRESS, Set.of("one.example")),
            mesh("td"));

    private static List<String> pods(Snapshot snapshot) {
        return snapshot.pods().stream()
                .map(pod -> pod.fullName() + " " + pod.labels().get("app"))
                .toList();
    }

    private static List<String> nodes(Snapshot snapshot) {
        return snapshot.nodes().stream()
                .map(node -> node.name() + " " + node.labels().get("zone"))
                .toList();
    }

    private static List<String> policies(Snapshot snapshot) {
        return snapshot.policies().stream()
                .map(policy -> policy.id().name() + " " + policy.priority())
                .toList();
    }

    @Test
    void whatTakesThePlaceOfAnotherKeepsIt() {
        assertThat(pods(new Change.PutPod(pod("a", "p", "y")).appliedTo(START)))
                .containsExactly("a/p y", "a/q x", "b/p x");
        assertThat(nodes(new Change.PutNode(node("n1", "z9")).appliedTo(START))).containsExactly("n1 z9", "n2 z2");
        assertThat(policies(new Change.PutPolicy(policy("p1", 9)).appliedTo(START)))
                .containsExactly("p1 9.0", "p2 2.0");
    }

    @Test
    void whatIsNewComesLast() {
        assertThat(pods(new Change.PutPod(pod("b", "q", "y")).appliedTo(START)))
                .containsExactly("a/p x", "a/q x", "b/p x", "b/q y");
        assertThat(nodes(new Change.PutNode(node("n0", "z0")).appliedTo(START)))
                .containsExactly("n1 z1", "n2 z2", "n0 z0");
        assertThat(policies(new Change.PutPolicy(policy("p0", 0)).appliedTo(START)))
                .containsExactly("p1 1.0", "p2 2.0", "p0 0.0");
    }

    @Test
    void whatGoesIsWhatIsNamed() {
        assertThat(pods(new Change.RemovePod("a", "p").appliedTo(START))).containsExactly("a/q x", "b/p x");
        assertThat(nodes(new Change.RemoveNode("n2").appliedTo(START))).containsExactly("n1 z1");
        assertThat(policies(new Change.RemovePolicy(new PolicyId("P", "", "p1")).appliedTo(START)))
                .containsExactly("p2 2.0");
        assertThat(new Change.RemoveNamespace("empty").appliedTo(START).namespaces())
                .containsOnlyKeys("a", "b");
    }

    @Test
    void whatIsNotThereCanGo() {
        assertThat(new Change.RemovePod("a", "none").appliedTo(START)).isEqualTo(START);
        assertThat(new Change.RemoveNode("none").appliedTo(START)).isEqualTo(START);
        assertThat(new Change.RemovePolicy(new PolicyId("P", "none", "p1")).appliedTo(START))
                .isEqualTo(START);
        assertThat(new Change.RemoveNamespace("none").appliedTo(START)).isEqualTo(START);
        assertThat(new Change.Resolved(OTHER_ADDRESS, Set.of()).appliedTo(START))
                .isEqualTo(START);
    }

    @Test
    void aPodBringsANamespaceWithoutLabelsAndTakesNoneAway() {
        Snapshot after = new Change.PutPod(pod("new", "p", "x")).appliedTo(START);
        assertThat(after.namespaces()).containsEntry("new", new Namespace("new", Map.of()));
        assertThat(new Change.PutPod(pod("a", "new", "x")).appliedTo(START).namespaces())
                .isEqualTo(START.namespaces());
    }

    @Test
    void aNamespaceWithPodsStays() {
        assertThatThrownBy(() -> new Change.RemoveNamespace("b").appliedTo(START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("namespace b is not empty");
    }

    @Test
    void theNamesOfAnAddressAreThoseOfTheLastChange() {
        Snapshot two = new Change.Resolved(OTHER_ADDRESS, Set.of("two.example")).appliedTo(START);
        assertThat(two.names()).isEqualTo(Map.of(ADDRESS, Set.of("one.example"), OTHER_ADDRESS, Set.of("two.example")));
        assertThat(new Change.Resolved(ADDRESS, Set.of("other.example"))
                        .appliedTo(START)
                        .names())
                .isEqualTo(Map.of(ADDRESS, Set.of("other.example")));
        assertThat(new Change.Resolved(ADDRESS, Set.of()).appliedTo(two).names())
                .isEqualTo(Map.of(OTHER_ADDRESS, Set.of("two.example")));
    }

    /** One of each kind, of which each makes a difference. */
    static Stream<Change> changes() {
        return Stream.of(
                new Change.PutPod(pod("a", "p", "y")),
                new Change.PutPod(pod("a", "new", "y")),
                new Change.RemovePod("a", "q"),
                new Change.PutNamespace(new Namespace("a", Map.of("team", "blue"))),
                new Change.PutNamespace(new Namespace("new", Map.of())),
                new Change.RemoveNamespace("empty"),
                new Change.PutNode(node("n1", "z9")),
                new Change.PutNode(node("n3", "z3")),
                new Change.RemoveNode("n2"),
                new Change.PutPolicy(policy("p1", 9)),
                new Change.PutPolicy(policy("p3", 3)),
                new Change.RemovePolicy(new PolicyId("P", "", "p2")),
                new Change.Resolved(ADDRESS, Set.of("other.example")),
                new Change.Resolved(OTHER_ADDRESS, Set.of("two.example")),
                new Change.Resolved(ADDRESS, Set.of()),
                new Change.Services(List.of(service("s"), service("t"))),
                new Change.Entrances(List.of()),
                new Change.PutMesh(mesh("other")));
    }

    /** So a change touches nothing but what it is about, the mesh neither. */
    @ParameterizedTest
    @MethodSource("changes")
    void betweenASnapshotAndTheNextIsTheChange(Change change) {
        Snapshot after = change.appliedTo(START);
        assertThat(after).isNotEqualTo(START);
        assertThat(Change.between(START, after)).containsExactly(change);
    }

    @Test
    void betweenASnapshotAndItselfIsNothing() {
        assertThat(Change.between(START, START)).isEmpty();
    }

    /** A namespace goes after its pods, and comes before them. */
    @Test
    void theChangesBetweenTwoSnapshotsCanBeMadeInTheirOrder() {
        Snapshot end = new Snapshot(
                Map.of("c", new Namespace("c", Map.of("team", "green"))),
                List.of(pod("c", "p", "x")),
                List.of(node("n3", "z3")),
                List.of(),
                List.of(policy("p3", 3)),
                List.of(),
                Map.of(OTHER_ADDRESS, Set.of("two.example")));
        for (List<Snapshot> way : List.of(List.of(START, end), List.of(end, START))) {
            Snapshot now = way.getFirst();
            for (Change change : Change.between(way.getFirst(), way.getLast())) {
                now = change.appliedTo(now);
            }
            assertThat(now).isEqualTo(way.getLast());
        }
    }

    /** What a snapshot lists twice under one name is the first of them, as everywhere. */
    @Test
    void ofTwoWithOneNameTheFirstCounts() {
        Snapshot twice = START.withNodes(List.of(node("n1", "z1"), node("n2", "z2"), node("n1", "z9")));
        assertThat(Change.between(START, twice)).isEmpty();
    }

    @Test
    void whatAChangeWasMadeOfMayChange() {
        List<Service> services = new java.util.ArrayList<>(List.of(service("s")));
        List<Entrance> entrances = new java.util.ArrayList<>(List.of(entrance("e")));
        Set<String> names = new java.util.HashSet<>(Set.of("one.example"));
        Change.Services changed = new Change.Services(services);
        Change.Entrances led = new Change.Entrances(entrances);
        Change.Resolved resolved = new Change.Resolved(ADDRESS, names);
        services.clear();
        entrances.clear();
        names.clear();
        assertThat(changed.services()).hasSize(1);
        assertThat(led.entrances()).hasSize(1);
        assertThat(resolved.names()).hasSize(1);
    }
}
