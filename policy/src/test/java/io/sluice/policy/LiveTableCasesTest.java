package io.sluice.policy;

import static io.sluice.policy.Scene.ANYONE;
import static io.sluice.policy.Scene.ANYTHING;
import static io.sluice.policy.Scene.allow;
import static io.sluice.policy.Scene.block;
import static io.sluice.policy.Scene.egress;
import static io.sluice.policy.Scene.ingress;
import static io.sluice.policy.Scene.pods;
import static io.sluice.policy.Scene.tcp;
import static io.sluice.policy.Scene.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Change;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a live table keeps, gives back and refuses; that its verdicts are right is shown on random clusters. */
class LiveTableCasesTest {
    private static Scene scene() {
        return new Scene()
                .namespace("x", "team=red")
                .namespace("empty", "")
                .node("n1", "zone=a", "172.18.0.1")
                .podOn("n1", "x/web", "app=web", "10.0.0.1")
                .podOn("n1", "x/api", "app=api", "10.0.0.2")
                .hostPod("n2", "guests/host", "", "172.18.0.2")
                .policy("x/p", "app=web", ingress(allow(List.of(pods("app=api")), tcp(80))))
                .policy("x/q", "app=api", egress(allow(List.of(block("192.0.2.0/24")), tcp(80))));
    }

    private static Pod pod(String namespace, String name, boolean host, String app) {
        return new Pod(
                namespace,
                name,
                Map.of("app", app),
                List.of(Ip.parse("10.0.0.9")),
                "n1",
                host,
                List.of(),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE);
    }

    private static Policy policy(String name, Section... sections) {
        return Policy.network(
                new PolicyId("NetworkPolicy", "x", name),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named("x"), where("app=web")),
                List.of(sections));
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change.PutPod(pod("x", "web", false, "api")),
                new Change.PutPod(pod("x", "web", true, "web")),
                new Change.PutPod(pod("x", "new", false, "web")),
                new Change.PutPod(pod("y", "new", false, "web")),
                new Change.PutPod(pod("y", "new", true, "web")),
                new Change.PutPod(pod("guests", "host", false, "web")),
                new Change.PutPod(pod("guests", "host", true, "web")),
                new Change.RemovePod("x", "web"),
                new Change.RemovePod("guests", "host"),
                new Change.RemovePod("x", "none"),
                new Change.PutNamespace(new Namespace("x", Map.of("team", "blue"))),
                new Change.PutNamespace(new Namespace("new", Map.of())),
                new Change.RemoveNamespace("empty"),
                new Change.RemoveNamespace("none"),
                new Change.PutNode(new Node("n1", Map.of(), List.of())),
                new Change.PutNode(new Node("n2", Map.of(), List.of())),
                new Change.RemoveNode("n1"),
                new Change.RemoveNode("none"),
                new Change.PutPolicy(policy("p")),
                new Change.PutPolicy(policy("new", ingress())),
                new Change.RemovePolicy(new PolicyId("NetworkPolicy", "x", "p")),
                new Change.RemovePolicy(new PolicyId("NetworkPolicy", "x", "none")),
                new Change.Resolved(Ip.parse("192.0.2.1"), Set.of("one.example")),
                new Change.Services(List.of(new Service(
                        "x", "s", "ClusterIP", Map.of(), false, List.of(), List.of(), SourcePosition.NONE))),
                new Change.Entrances(List.of()),
                new Change.PutMesh(new Mesh("root", "td", List.of(), List.of(), List.of())));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theSnapshotIsThatAfterTheChange(Change change) {
        Snapshot start = scene().snapshot().withMesh(new Mesh("root", "other", List.of(), List.of(), List.of()));
        LiveTable live = LiveTable.of(start);
        Snapshot after = change.appliedTo(start);
        assertThat(live.apply(change).snapshot()).isEqualTo(after);
        assertThat(live.table().snapshot()).isEqualTo(after);
        assertThat(live.restarts()).isZero();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void manyChangesAreMadeInTheirOrder(Change last) {
        Snapshot now = scene().snapshot();
        LiveTable live = LiveTable.of(now);
        List<Change> all = new ArrayList<>(changes()
                .filter(change -> !(change instanceof Change.RemoveNamespace))
                .toList());
        all.add(last);
        for (Change change : all) {
            now = change.appliedTo(now);
        }
        assertThat(live.apply(all).snapshot()).isEqualTo(now);
    }

    @Test
    void aNamespaceWithAHostPodStaysToo() {
        LiveTable live = LiveTable.of(scene().snapshot());
        assertThatThrownBy(() -> live.apply(new Change.RemoveNamespace("guests")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("namespace guests is not empty");
        assertThat(live.table().snapshot()).isEqualTo(scene().snapshot());
        live.apply(new Change.RemovePod("guests", "host"));
        assertThat(live.apply(new Change.RemoveNamespace("guests")).snapshot().namespaces())
                .containsOnlyKeys("x", "empty");
    }

    /** After a refusal the table is what it was, and takes changes again. */
    @Test
    void ifOneChangeIsRefusedNoneIsMade() {
        LiveTable live = LiveTable.of(scene().snapshot());
        VerdictTable before = live.table();
        List<Change> changes = List.of(new Change.RemovePod("x", "api"), new Change.RemoveNamespace("x"));
        assertThatThrownBy(() -> live.apply(changes)).isInstanceOf(IllegalArgumentException.class);
        assertThat(live.table().snapshot()).isEqualTo(before.snapshot());
        assertThat(live.apply(changes.getFirst()).snapshot().pods()).hasSize(2);
    }

    @Test
    void ofTwoWithOneNameTheFirstCounts() {
        Snapshot scene = scene().snapshot();
        Snapshot twice = scene.withPods(concat(scene.pods(), pod("x", "web", false, "other")))
                .withNodes(concat(scene.nodes(), new Node("n1", Map.of("zone", "b"), List.of())))
                .withPolicies(concat(scene.policies(), policy("p")));
        VerdictTable table = LiveTable.of(twice).apply(new Change.Entrances(List.of()));
        assertThat(table.snapshot()).isEqualTo(scene);
    }

    private static <T> List<T> concat(List<T> some, T more) {
        List<T> all = new ArrayList<>(some);
        all.add(more);
        return all;
    }

    @Test
    void numbersOfPolicySetsAreGivenBack() {
        LiveTable live = LiveTable.of(scene().snapshot());
        for (int i = 0; i < 20; i++) {
            Policy version = policy("p", ingress(allow(ANYONE, tcp(i))));
            live.apply(new Change.PutPolicy(version));
            live.apply(new Change.RemovePolicy(version.id()));
        }
        assertThat(live.table().policySets()).hasSizeLessThan(5);
        assertThat(live.table().policySets().getFirst().policies()).isEmpty();
    }

    /** Who holds on to a number sees the same thing behind it, for as long as somebody is in the set. */
    @Test
    void aPolicySetKeepsItsNumberWhileItsPoliciesChange() {
        LiveTable live = LiveTable.of(scene().snapshot());
        Pod web = scene().snapshot().pods().getFirst();
        int set = live.table().policySetOf(web);
        VerdictTable after = live.apply(new Change.PutPolicy(policy("p", ingress(allow(ANYONE, ANYTHING)))));
        assertThat(after.policySetOf(web)).isEqualTo(set);
        assertThat(after.policySets().get(set).policies()).hasSize(1);
    }

    private static String verdict(VerdictTable table, Snapshot at, String from, String to) {
        Connection connection = new Connection(
                AddressBook.of(at).party(Ip.parse(from)), AddressBook.of(at).party(Ip.parse(to)), Protocol.TCP, 80);
        return table.cause(connection, Direction.INGRESS).verdict().toString();
    }

    @Test
    void namesOfAnAddressComeAndGo() {
        Snapshot start = scene().policy(
                        "x/names",
                        "app=web",
                        ingress(allow(
                                List.of(new Peer.Domain(
                                        new DomainPattern("*.example", DomainPattern.Wildcard.PART_OF_A_LABEL))),
                                ANYTHING)))
                .snapshot();
        LiveTable live = LiveTable.of(start);
        Ip ip = Ip.parse("192.0.2.1");
        assertThat(verdict(live.table(), start, "192.0.2.1", "10.0.0.1")).isEqualTo("deny");
        live.apply(new Change.Resolved(ip, Set.of("one.example")));
        assertThat(verdict(live.table(), start, "192.0.2.1", "10.0.0.1")).isEqualTo("allow");
        live.apply(new Change.Resolved(ip, Set.of("two.example", "other")));
        assertThat(verdict(live.table(), start, "192.0.2.1", "10.0.0.1")).isEqualTo("allow");
        live.apply(new Change.Resolved(ip, Set.of("other")));
        assertThat(verdict(live.table(), start, "192.0.2.1", "10.0.0.1")).isEqualTo("deny");
        live.apply(new Change.Resolved(ip, Set.of("one.example")));
        live.apply(new Change.RemovePolicy(new PolicyId("NetworkPolicy", "x", "names")));
        live.apply(new Change.PutPolicy(start.policies().getLast()));
        assertThat(verdict(live.table(), start, "192.0.2.1", "10.0.0.1")).isEqualTo("allow");
        live.apply(new Change.Resolved(ip, Set.of()));
        assertThat(verdict(live.table(), start, "192.0.2.1", "10.0.0.1")).isEqualTo("deny");
        assertThat(live.table().snapshot().names()).isEmpty();
        assertThat(live.table().networks()).doesNotContainKey(Cidr.of(ip));
    }

    @Test
    void moreThanTenThousandPlacesOfPoliciesThatAreGoneAreGivenAnew() {
        LiveTable live = LiveTable.of(scene().snapshot());
        live.apply(comeAndGo(9_998));
        assertThat(live.restarts()).as("10,000 places").isZero();
        live.apply(comeAndGo(1));
        assertThat(live.restarts()).isEqualTo(1);
        assertThat(live.table().snapshot()).isEqualTo(scene().snapshot());
        live.apply(comeAndGo(1));
        assertThat(live.restarts()).isEqualTo(1);
    }

    /** As long as no more places are out of use than in use the policies keep theirs. */
    @Test
    void asManyPoliciesAsAreGoneKeepTheirPlaces() {
        Snapshot start = scene().snapshot().withPolicies(List.of());
        LiveTable live = LiveTable.of(start);
        live.apply(IntStream.range(0, 10_002)
                .<Change>mapToObj(i -> new Change.PutPolicy(policy("p" + i)))
                .toList());
        live.apply(removals(0, 5_001));
        assertThat(live.restarts()).isZero();
        live.apply(removals(5_001, 5_002));
        assertThat(live.restarts()).isEqualTo(1);
        assertThat(live.table().snapshot().policies()).hasSize(5_000);
    }

    private static List<Change> removals(int first, int end) {
        return IntStream.range(first, end)
                .<Change>mapToObj(i -> new Change.RemovePolicy(policy("p" + i).id()))
                .toList();
    }

    private static List<Change> comeAndGo(int policies) {
        return IntStream.range(0, policies)
                .mapToObj(_ -> policy("passing"))
                .<Change>flatMap(
                        policy -> Stream.of(new Change.PutPolicy(policy), new Change.RemovePolicy(policy.id())))
                .toList();
    }

    @Test
    void moreThanTenThousandRulesThatAreGoneMakeEverythingAnew() {
        LiveTable live = LiveTable.of(scene().snapshot());
        live.apply(new Change.PutPolicy(rules(0, 10_000)));
        live.apply(new Change.PutPolicy(policy("many")));
        assertThat(live.restarts()).as("10,000 of them").isZero();
        live.apply(new Change.PutPolicy(rules(10_000, 1)));
        live.apply(new Change.PutPolicy(policy("many")));
        assertThat(live.restarts()).isEqualTo(1);
    }

    private static Policy rules(int first, int count) {
        return policy(
                "many",
                ingress(IntStream.range(first, first + count)
                        .mapToObj(port -> allow(ANYONE, tcp(port)))
                        .toArray(Rule[]::new)));
    }

    /** Beside the rules there are four causes: no policy, the pod itself, its own node, and the isolation. */
    @Test
    void whatIsInUseDoesNotMakeATableStale() {
        LiveTable live = LiveTable.of(scene().snapshot().withPolicies(List.of(rules(0, 10_010))));
        live.apply(new Change.PutPolicy(policy("many", ingress(passing(10_006)))));
        assertThat(live.restarts()).as("10,010 of 20,020 are gone").isZero();

        LiveTable other = LiveTable.of(scene().snapshot().withPolicies(List.of(rules(0, 10_010))));
        other.apply(new Change.PutPolicy(rules(20_000, 10_005)));
        assertThat(other.restarts()).as("10,010 of 20,019 are gone").isEqualTo(1);
    }

    private static Rule[] passing(int count) {
        return IntStream.range(0, count)
                .mapToObj(port -> Scene.pass(ANYONE, tcp(port)))
                .toArray(Rule[]::new);
    }

    @Test
    void rulesThatPassAreCountedToo() {
        Rule[] allowing = IntStream.range(0, 5_000)
                .mapToObj(port -> allow(ANYONE, tcp(port)))
                .toArray(Rule[]::new);
        LiveTable live = LiveTable.of(scene().snapshot());
        live.apply(new Change.PutPolicy(policy("many", ingress(passing(5_001)), egress(allowing))));
        assertThat(live.restarts()).isZero();
        live.apply(new Change.PutPolicy(policy("many")));
        assertThat(live.restarts()).isEqualTo(1);
    }

    @Test
    void podsShareASetIfTheSamePoliciesSelectThem() {
        Snapshot snapshot = new Scene()
                .namespace("x", "")
                .pod("x/one", "app=web,other=1")
                .pod("x/two", "app=web,other=2")
                .podWithPorts("http:TCP:80", "x/eighty", "app=web")
                .podWithPorts("http:TCP:81", "x/another", "app=web")
                .pod("x/none", "app=api")
                .policy("x/p", "app=web", ingress(allow(ANYONE, tcp(1))))
                .snapshot();
        VerdictTable table = VerdictTable.of(snapshot);
        List<Integer> sets = snapshot.pods().stream().map(table::policySetOf).toList();
        assertThat(sets.subList(0, 4)).containsOnly(sets.getFirst());
        assertThat(sets.get(4)).isEqualTo(VerdictTable.NOTHING_SELECTS);

        Policy named = policy("p", ingress(allow(ANYONE, List.of(new PortMatch.Named("http", Protocol.TCP)))));
        VerdictTable byName = VerdictTable.of(snapshot.withPolicies(List.of(named)));
        assertThat(Set.copyOf(snapshot.pods().stream().map(byName::policySetOf).toList()))
                .as("without the port, with 80, with 81, and not selected")
                .hasSize(4);
    }

    /** What a rule of another policy asks of its own pods does not part those of this one. */
    @Test
    void conditionsOfOtherPoliciesDoNotCount() {
        Snapshot snapshot = new Scene()
                .namespace("x", "")
                .pod("x/one", "app=web,other=1")
                .pod("x/two", "app=web,other=2")
                .pod("x/three", "app=api,other=1")
                .pod("x/four", "app=api,other=2")
                .policy("x/p", "app=web", ingress(allow(ANYONE, tcp(1))))
                .policy("x/q", "app=api", ingress(onlyFor("other=1")))
                .snapshot();
        VerdictTable table = VerdictTable.of(snapshot);
        List<Integer> sets = snapshot.pods().stream().map(table::policySetOf).toList();
        assertThat(sets.get(0)).isEqualTo(sets.get(1));
        assertThat(sets.get(2)).isNotEqualTo(sets.get(3));
    }

    /** A rule that is about some of the pods only parts them from the others. */
    @Test
    void podsThatARuleParts() {
        Snapshot snapshot = new Scene()
                .namespace("x", "")
                .pod("x/one", "app=web,other=1")
                .pod("x/two", "app=web,other=2")
                .pod("x/three", "app=web,other=3")
                .policy("x/p", "app=web", ingress(onlyFor("other=1")))
                .snapshot();
        VerdictTable table = VerdictTable.of(snapshot);
        List<Integer> sets = snapshot.pods().stream().map(table::policySetOf).toList();
        assertThat(sets.get(0)).isNotEqualTo(sets.get(1));
        assertThat(sets.get(1)).isEqualTo(sets.get(2));
    }

    private static Rule onlyFor(String where) {
        return new Rule(
                "",
                Action.ALLOW,
                ANYONE,
                ANYTHING,
                SourcePosition.NONE,
                Optional.of(new Subject(NamespaceMatch.EVERY, where(where))),
                Optional.empty());
    }
}
