package io.sluice.policy;

import static io.sluice.policy.Scene.ANYONE;
import static io.sluice.policy.Scene.ANYTHING;
import static io.sluice.policy.Scene.allow;
import static io.sluice.policy.Scene.block;
import static io.sluice.policy.Scene.deny;
import static io.sluice.policy.Scene.egress;
import static io.sluice.policy.Scene.everyPod;
import static io.sluice.policy.Scene.ingress;
import static io.sluice.policy.Scene.ordered;
import static io.sluice.policy.Scene.pods;
import static io.sluice.policy.Scene.tcp;
import static io.sluice.policy.Scene.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.model.Change;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.Identity;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.PolicySet;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.Rows;
import io.sluice.policy.table.VerdictTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a table answers to questions at its edges: strangers, absent addresses, numbers. */
class VerdictTableTest {
    private static Scene scene() {
        return new Scene()
                .namespace("x", "")
                .node("n1", "zone=a", "172.18.0.1")
                .podOn("n1", "x/web", "app=web", "10.0.0.1")
                .podOn("n1", "x/api", "app=api", "10.0.0.2", "2001:db8::2")
                .podOn("n1", "x/bare", "app=bare")
                .hostPod("n2", "x/host", "", "172.18.0.2")
                .policy(
                        "x/p",
                        "app=web",
                        ingress(
                                allow(List.of(pods("app=api")), tcp(80)),
                                allow(List.of(block("192.0.2.0/24")), tcp(81)),
                                allow(List.of(new Peer.Nodes(where("zone=a"))), tcp(82)),
                                allow(List.of(new Peer.Nodes(where(""))), tcp(83))));
    }

    private static Pod stranger(String name, boolean host, String node) {
        return new Pod(
                "x",
                name,
                Map.of("app", "api"),
                List.of(Ip.parse("10.9.9.9")),
                node,
                host,
                List.of(),
                new Workload("Pod", "x", name),
                SourcePosition.NONE);
    }

    /** What the decider says, which the table must say too. */
    private static String ask(Scene scene, Party from, String to, int port) {
        Connection connection = new Connection(from, scene.party(to), Protocol.TCP, port);
        VerdictTable table = VerdictTable.of(scene.snapshot());
        Cause cause = table.cause(connection, Direction.INGRESS);
        assertThat(cause)
                .isEqualTo(
                        Decider.decide(scene.snapshot(), connection).ingress().cause());
        assertThat(table.allows(
                        table.end(from), table.end(connection.to()), connection.trafficKey(), false, Direction.INGRESS))
                .isEqualTo(cause.verdict() == Verdict.ALLOW);
        return cause.verdict().toString();
    }

    @Test
    void aPodThatIsNotOfTheSnapshotIsRefused() {
        VerdictTable table = VerdictTable.of(scene().snapshot());
        Pod none = stranger("none", false, "n1");
        assertThatThrownBy(() -> table.end(new Party.OfPod(none, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a pod of this snapshot: x/none");
        assertThatThrownBy(() -> table.policySetOf(none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.policySetOf(stranger("host", false, "n2")))
                .as("its node's network is what the snapshot gives it")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPodIsKnownByItsNameWhateverElseIsSaidOfIt() {
        Scene scene = scene();
        VerdictTable table = VerdictTable.of(scene.snapshot());
        Pod web = stranger("web", false, "n1");
        assertThat(table.policySetOf(web))
                .isEqualTo(table.policySetOf(scene.snapshot().pods().getFirst()))
                .isNotEqualTo(VerdictTable.NOTHING_SELECTS);
        assertThat(table.policySetOf(stranger("host", true, "n2"))).isEqualTo(VerdictTable.NOTHING_SELECTS);
    }

    /** An address that no rule tells from the pod's own, one that a rule does, and none at all. */
    @Test
    void aPodWithAnotherAddressIsJudgedByIt() {
        Scene scene = scene();
        Pod api = scene.snapshot().pods().get(1);
        for (String address : List.of("10.0.0.2", "2001:db8::2", "10.5.5.5", "192.0.2.7")) {
            Party party = new Party.OfPod(api, Ip.parse(address));
            assertThat(ask(scene, party, "x/web", 80)).isEqualTo("allow");
            assertThat(ask(scene, party, "x/web", 81)).isEqualTo(address.startsWith("192") ? "allow" : "deny");
        }
        assertThat(ask(scene, new Party.OfPod(api, null), "x/web", 80)).isEqualTo("allow");
        Pod bare = scene.snapshot().pods().get(2);
        assertThat(ask(scene, new Party.OfPod(bare, Ip.parse("192.0.2.7")), "x/web", 81))
                .isEqualTo("allow");
        assertThat(ask(scene, new Party.OfPod(bare, null), "x/web", 81)).isEqualTo("deny");
    }

    @Test
    void anIdentityIsOfAPartyOfTheSnapshot() {
        Scene scene = scene();
        VerdictTable table = VerdictTable.of(scene.snapshot());
        Party api = new Party.OfPod(scene.snapshot().pods().get(1), Ip.parse("192.0.2.7"));
        assertThatThrownBy(() -> table.identityOf(api))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a party of this snapshot: " + api);
        Node unknown = new Node("n9", Map.of(), List.of());
        assertThatThrownBy(() -> table.identityOf(new Party.OfNode(unknown, null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(table.identityOf(scene.party("8.8.8.8"))).isEqualTo(VerdictTable.WORLD);
        assertThat(table.identityOf(scene.party("192.0.2.7")))
                .isEqualTo(table.identityOf(scene.party("192.0.2.8")))
                .isEqualTo(table.networks().get(Cidr.parse("192.0.2.0/24")));
    }

    /** A table knows the numbers that were given before it, not those that came after. */
    @Test
    void anIdentityThatCameLaterIsNoneOfTheTables() {
        Scene scene = scene();
        LiveTable live = LiveTable.of(scene.snapshot());
        VerdictTable before = live.table();
        int count = before.identities().size();
        Ip ip = Ip.parse("192.0.2.7");
        Pod later = scene.snapshot().pods().get(1).at("n1", List.of(ip));
        VerdictTable after = live.apply(new Change.PutPod(later));
        assertThat(after.identityOf(new Party.OfPod(later, ip))).isEqualTo(count);
        Party then = new Party.OfPod(scene.snapshot().pods().get(1), ip);
        assertThatThrownBy(() -> before.identityOf(then)).isInstanceOf(IllegalArgumentException.class);
        assertThat(before.cause(new Connection(then, scene.party("x/web"), Protocol.TCP, 81), Direction.INGRESS)
                        .verdict())
                .isEqualTo(Verdict.ALLOW);
    }

    /** A node that the snapshot does not list is what is said of it. */
    @Test
    void nodesThatAreNotListed() {
        Scene scene = scene();
        Ip ip = Ip.parse("172.18.0.9");
        Party inZone = new Party.OfNode(new Node("n9", Map.of("zone", "a"), List.of(ip)), ip);
        Party elsewhere = new Party.OfNode(new Node("n9", Map.of("zone", "b"), List.of(ip)), ip);
        assertThat(ask(scene, inZone, "x/web", 82)).isEqualTo("allow");
        assertThat(ask(scene, elsewhere, "x/web", 82)).isEqualTo("deny");
        assertThat(ask(scene, elsewhere, "x/web", 83)).isEqualTo("allow");
        assertThat(ask(scene, scene.party("x/host"), "x/web", 83)).isEqualTo("allow");
        assertThat(ask(scene, scene.party("x/host"), "x/web", 82)).isEqualTo("deny");
        Party unlisted = new Party.OfPod(stranger("stranger", true, "n9"), ip);
        assertThat(ask(scene, unlisted, "x/web", 83)).isEqualTo("allow");
        Party onListed = new Party.OfPod(stranger("stranger", true, "n1"), Ip.parse("172.18.0.1"));
        assertThat(ask(scene, onListed, "x/web", 82)).isEqualTo("allow");
    }

    @Test
    void whoIsLookedUpIsWhoItStandsFor() {
        Scene scene = scene();
        VerdictTable table = VerdictTable.of(scene.snapshot());
        Party web = scene.party("x/web");
        assertThat(table.end(web).party()).isEqualTo(web);
        Pod host = scene.snapshot().pods().getLast();
        assertThat(table.end(new Party.OfPod(host, host.ips().getFirst())).party())
                .as("a pod on its node's network is its node")
                .isEqualTo(new Party.OfNode(Node.under(host), host.ips().getFirst()));
        Party listed = new Party.OfPod(stranger("stranger", true, "n1"), Ip.parse("172.18.0.1"));
        assertThat(table.end(listed).party())
                .isEqualTo(new Party.OfNode(scene.snapshot().nodes().getFirst(), Ip.parse("172.18.0.1")));
    }

    @Test
    void numbersOutsideOfTheTableAreRefused() {
        VerdictTable table = VerdictTable.of(scene().snapshot());
        int count = table.policySets().size();
        assertThat(count).isEqualTo(2);
        for (int number : new int[] {-1, count}) {
            assertThatThrownBy(() -> table.policySets().get(number)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> table.row(number, Direction.INGRESS, 0, Relation.OTHER))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void identitiesAndSetsHaveTheirNumbers() {
        VerdictTable table = VerdictTable.of(scene().snapshot());
        List<Identity> identities = table.identities();
        assertThat(identities.stream().map(Identity::id))
                .containsExactlyElementsOf(
                        IntStream.range(0, identities.size()).boxed().toList());
        table.networks()
                .forEach((prefix, identity) ->
                        assertThat(identities.get(identity).prefixes()).contains(prefix));
        assertThat(identities.get(VerdictTable.WORLD).prefixes()).isEmpty();
        assertThat(table.policySets().stream().map(PolicySet::id)).containsExactly(0, 1);
        assertThat(table.identities()).isSameAs(identities);
    }

    /** That an address is of the world is told where a rule asks for it. */
    @Test
    void theWorldIsAFeatureIfSomebodyAsksForIt() {
        Scene scene = scene();
        assertThat(VerdictTable.of(scene.snapshot())
                        .identities()
                        .getFirst()
                        .signature()
                        .peers())
                .isEmpty();
        scene.policy("x/world", "app=api", egress(allow(List.of(new Peer.World()), ANYTHING)));
        assertThat(VerdictTable.of(scene.snapshot())
                        .identities()
                        .getFirst()
                        .signature()
                        .peers())
                .containsExactly(new Peer.World());
        VerdictTable asked = VerdictTable.of(new Scene()
                .namespace("x", "")
                .pod("x/api", "app=api", "10.0.0.2")
                .policy("x/world", "app=api", egress(allow(List.of(new Peer.World()), ANYTHING)))
                .snapshot());
        assertThat(asked.policySets().getLast().egress().other().byPeer())
                .as("where there are no blocks at all")
                .containsOnlyKeys(VerdictTable.WORLD);
    }

    @Test
    void rowsAreOfThosePeersThatMakeADifference() {
        Scene scene = scene();
        VerdictTable table = VerdictTable.of(scene.snapshot());
        int set = table.policySetOf(scene.snapshot().pods().getFirst());
        PolicySet web = table.policySets().get(set);
        Rows rows = web.side(Direction.INGRESS).rows(Relation.OTHER);
        int api = table.identityOf(scene.party("x/api"));
        int world = VerdictTable.WORLD;
        assertThat(rows.byPeer()).containsKey(api).doesNotContainKey(world);
        assertThat(rows.of(api)).isSameAs(rows.byPeer().get(api));
        assertThat(rows.of(world)).isSameAs(rows.otherwise());
        assertThat(table.row(set, Direction.INGRESS, api, Relation.OTHER)).isSameAs(rows.of(api));
        assertThat(web.side(Direction.INGRESS).otherwise()).isSameAs(rows.otherwise());
        assertThat(web.side(Direction.EGRESS).rows(Relation.OTHER).byPeer()).isEmpty();
        assertThat(table.policySets().get(set)).isSameAs(web);
        assertThat(web.side(Direction.INGRESS).rows(Relation.SELF).otherwise()).isNotEqualTo(rows.otherwise());
    }

    /** More pods than a page, a bucket or a first array holds. */
    @Test
    void manyPodsAreFoundAndStayInTheirOrder() {
        Scene scene = new Scene().namespace("x", "");
        for (int i = 0; i < 1_000; i++) {
            scene.pod("x/p" + i, "app=a" + i % 7, "10.0." + i / 250 + "." + i % 250);
        }
        scene.policy("x/p", "app=a1", ingress(allow(List.of(pods("app=a2")), tcp(80))));
        Snapshot snapshot = scene.snapshot();
        VerdictTable table = VerdictTable.of(snapshot);
        int selected = table.policySetOf(snapshot.pods().get(1));
        for (int i = 0; i < 1_000; i++) {
            assertThat(table.policySetOf(snapshot.pods().get(i))).isEqualTo(i % 7 == 1 ? selected : 0);
        }
        assertThat(LiveTable.of(snapshot).apply(new Change.Entrances(List.of())).snapshot())
                .isEqualTo(snapshot);
    }

    /** However they fall into buckets, pods come and go without taking others with them. */
    @Test
    void manyPodsComeAndGo() {
        for (int round = 0; round < 20; round++) {
            Scene scene = new Scene().namespace("x", "");
            for (int i = 0; i < 300; i++) {
                scene.pod("x/p" + round + "-" + i, "app=a" + i % 2);
            }
            Snapshot now = scene.snapshot();
            LiveTable live = LiveTable.of(now);
            List<Change> changes = now.pods().stream()
                    .filter(pod -> pod.name().hashCode() % 3 != 0)
                    .<Change>map(pod -> pod.name().hashCode() % 3 == 1
                            ? new Change.RemovePod(pod.namespace(), pod.name())
                            : new Change.PutPod(pod.at("n1", List.of())))
                    .toList();
            for (Change change : changes) {
                now = change.appliedTo(now);
            }
            assertThat(live.apply(changes).snapshot()).isEqualTo(now);
        }
    }

    /** A table that is asked often keeps what it looked up; that must not make two pods one. */
    @Test
    void whoIsAskedOftenIsStillItself() {
        Scene scene = new Scene().namespace("x", "");
        for (int i = 0; i < 300; i++) {
            scene.pod("x/p" + i, "app=a" + i % 2, "10.0." + i / 250 + "." + i % 250);
        }
        scene.policy("x/p", "app=a1", ingress());
        Snapshot snapshot = scene.snapshot();
        VerdictTable table = VerdictTable.of(snapshot);
        int selected = table.policySetOf(snapshot.pods().get(1));
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 300; i++) {
                assertThat(table.policySetOf(snapshot.pods().get(i))).isEqualTo(i % 2 == 1 ? selected : 0);
            }
        }
        assertThat(table.policySetOf(stranger("p1", false, ""))).isEqualTo(selected);
        assertThatThrownBy(() -> table.policySetOf(stranger("none", false, "")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A tier of ordered policies, whose first rule passes some traffic on, before one that spares nobody. */
    @Test
    void aPodThatReachesItselfThroughAServiceIsJudgedLikeAPeer() {
        Scene scene = new Scene()
                .namespace("x", "")
                .pod("x/web", "app=web", "10.0.0.1")
                .policy(
                        Tier.ADMIN,
                        1,
                        "p",
                        everyPod(),
                        ordered(Direction.INGRESS, deny(List.of(pods("app=web")), tcp(80)), allow(ANYONE, ANYTHING)));
        VerdictTable table = VerdictTable.of(scene.snapshot());
        Party web = scene.party("x/web");
        for (int port : new int[] {80, 81}) {
            Connection direct = new Connection(web, web, Protocol.TCP, port);
            Connection hairpin = new Connection(web, web, Protocol.TCP, port, true);
            assertThat(table.cause(direct, Direction.INGRESS)).isEqualTo(new Cause.Self());
            assertThat(table.verdict(direct)).isEqualTo(Verdict.ALLOW);
            assertThat(table.verdict(hairpin)).isEqualTo(port == 80 ? Verdict.DENY : Verdict.ALLOW);
            assertThat(table.cause(hairpin, Direction.INGRESS))
                    .isEqualTo(
                            Decider.decide(scene.snapshot(), hairpin).ingress().cause());
        }
    }

    /** A name that several container ports bear means all of them, and one of another protocol is another name. */
    @Test
    void aPortNameMeansEveryPortThatBearsIt() {
        PortMatch http = new PortMatch.Named("http", Protocol.TCP);
        Scene scene = new Scene()
                .namespace("x", "")
                .podWithPorts("http:TCP:80,http:TCP:90,http:UDP:70,other:TCP:60", "x/web", "app=web", "10.0.0.1")
                .podWithPorts("http:TCP:80", "x/api", "app=api", "10.0.0.2")
                .policy("x/in", "app=web", ingress(allow(ANYONE, List.of(http))))
                .policy("x/out", "app=api", egress(allow(ANYONE, List.of(http))));
        Map<Integer, Boolean> allowed = Map.of(80, true, 90, true, 70, false, 60, false);
        allowed.forEach((port, expected) -> {
            assertThat(scene.ingress("x/api", "x/web", Protocol.TCP, port).startsWith("allow"))
                    .isEqualTo(expected);
            assertThat(scene.egress("x/api", "x/web", Protocol.TCP, port).startsWith("allow"))
                    .isEqualTo(expected);
        });
        VerdictTable table = VerdictTable.of(scene.snapshot());
        Rows rows = table.policySets()
                .get(table.policySetOf(scene.snapshot().pods().getLast()))
                .side(Direction.EGRESS)
                .rows(Relation.OTHER);
        assertThat(rows.byPeer()).hasSize(2);
        rows.byPeer().forEach((peer, row) -> assertThat(rows.of(peer)).isSameAs(row));
        int web = table.identityOf(scene.party("x/web"));
        assertThat(table.identities().get(web).signature().names().keySet()).isEqualTo(Set.of(http));
        assertThat(table.identities().get(web).signature().names().get(http)).hasSize(2);
    }
}
