package io.sluice.policy;

import static io.sluice.policy.Scene.ANYONE;
import static io.sluice.policy.Scene.ANYTHING;
import static io.sluice.policy.Scene.allow;
import static io.sluice.policy.Scene.block;
import static io.sluice.policy.Scene.deny;
import static io.sluice.policy.Scene.egress;
import static io.sluice.policy.Scene.ingress;
import static io.sluice.policy.Scene.ordered;
import static io.sluice.policy.Scene.pass;
import static io.sluice.policy.Scene.pods;
import static io.sluice.policy.Scene.podsOf;
import static io.sluice.policy.Scene.tcp;
import static io.sluice.policy.Scene.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Change;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.ServiceAccount;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.PolicySet;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A small cluster that lives through one change of each sort: after each the table answers every question as the decider
 * does, and holds nothing that nobody has.
 */
class LiveTableStepsTest {
    private static final PortMatch.Named HTTP = new PortMatch.Named("http", Protocol.TCP);
    private static final int[] PORTS = {79, 80, 81, 8080};

    private static Pod pod(String fullName, String app, String node, String... ips) {
        String[] names = fullName.split("/");
        return new Pod(
                names[0],
                names[1],
                Map.of("app", app),
                ips(ips),
                node,
                false,
                List.of(),
                new Workload("Pod", names[0], names[1]),
                SourcePosition.NONE);
    }

    private static Pod with(Pod pod, int http) {
        return new Pod(
                pod.namespace(),
                pod.name(),
                pod.labels(),
                pod.ips(),
                pod.node(),
                pod.hostNetwork(),
                List.of(new ContainerPort("http", Protocol.TCP, http)),
                pod.workload(),
                pod.position());
    }

    private static Pod under(Pod pod, String account) {
        return new Pod(
                pod.namespace(),
                pod.name(),
                pod.labels(),
                pod.ips(),
                pod.node(),
                pod.hostNetwork(),
                pod.ports(),
                pod.workload(),
                pod.position(),
                new ServiceAccount(account, Map.of()));
    }

    private static Pod onHost(Pod pod) {
        return new Pod(
                pod.namespace(),
                pod.name(),
                pod.labels(),
                pod.ips(),
                pod.node(),
                true,
                pod.ports(),
                pod.workload(),
                pod.position());
    }

    private static List<Ip> ips(String... texts) {
        return Arrays.stream(texts).map(Ip::parse).toList();
    }

    private static Node node(String name, String zone, String... ips) {
        return new Node(name, Map.of("zone", zone), ips(ips));
    }

    private static Policy network(String name, String where, Section... sections) {
        return Policy.network(
                new PolicyId("NetworkPolicy", "x", name),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named("x"), where(where)),
                List.of(sections));
    }

    private static Policy cluster(Tier tier, String name, Subject subject, Section... sections) {
        return new Policy(
                new PolicyId("ClusterNetworkPolicy", "", name),
                SourcePosition.NONE,
                tier,
                1,
                Combining.FIRST_MATCH,
                subject,
                List.of(sections));
    }

    private static Change put(Policy policy) {
        return new Change.PutPolicy(policy);
    }

    private static Change remove(Policy policy) {
        return new Change.RemovePolicy(policy.id());
    }

    private static Change put(Pod pod) {
        return new Change.PutPod(pod);
    }

    private static final Pod WEB = pod("x/web", "web", "n1", "10.0.0.1");
    private static final Pod API = pod("x/api", "api", "n1", "10.0.0.2", "2001:db8::2");
    private static final Pod FAR = pod("y/api", "api", "n2", "10.0.1.1");
    private static final Peer API_PODS = pods("app=api");
    private static final Peer EXAMPLE =
            new Peer.Domain(new DomainPattern("*.example", DomainPattern.Wildcard.PART_OF_A_LABEL));

    private static Rule onlyFor(String where, Rule rule) {
        return new Rule(
                rule.name(),
                Action.ALLOW,
                rule.peers(),
                rule.ports(),
                rule.position(),
                Optional.of(new Subject(NamespaceMatch.EVERY, where(where))),
                Optional.empty());
    }

    private static List<Change> changes() {
        Policy web = network("web", "app=web", ingress(allow(List.of(API_PODS), tcp(80))));
        Policy admin = cluster(
                Tier.ADMIN,
                "admin",
                new Subject(new NamespaceMatch.Labelled(where("team=red")), where("")),
                ordered(
                        Direction.INGRESS,
                        pass(List.of(podsOf("team=red", "")), tcp(80)),
                        deny(List.of(pods("app=api"), block("10.0.1.0/24")), tcp(81))));
        Policy nodes = network(
                "nodes",
                "app=api",
                ingress(allow(List.of(new Peer.Nodes(where("zone=a")), new Peer.World()), ANYTHING)));
        Policy own = network(
                "own",
                "app=web",
                new Section(
                        Direction.INGRESS,
                        true,
                        Set.of(),
                        List.of(allow(List.of(new Peer.OwnNode(), new Peer.Not(API_PODS)), tcp(81)))));
        Policy names =
                network("names", "app=api", egress(allow(ANYONE, List.of(HTTP)), allow(List.of(EXAMPLE), tcp(79))));
        Policy namedIngress = network("named", "app", ingress(allow(ANYONE, List.of(HTTP))));
        Policy conditional = network(
                "some", "app", ingress(onlyFor("app=web", allow(ANYONE, tcp(79))), allow(List.of(API_PODS), tcp(81))));
        Policy everywhere = cluster(
                Tier.ADMIN,
                "everywhere",
                new Subject(NamespaceMatch.EVERY, where("app!=x")),
                ordered(Direction.INGRESS, deny(ANYONE, tcp(8080))));
        Policy accounts = network("accounts", Pod.ACCOUNT + "=robot", egress(allow(List.of(API_PODS), ANYTHING)));
        return List.of(
                put(web),
                put(with(WEB, 79)),
                put(network("web2", "app=web", ingress(allow(ANYONE, List.of(HTTP))))),
                remove(network("web2", "app=web")),
                put(WEB),
                put(API),
                put(pod("x/api", "api2", "n1", "10.0.0.2", "2001:db8::2")),
                put(API),
                put(FAR),
                new Change.PutNode(node("n2", "b", "172.18.0.2")),
                put(admin),
                new Change.PutNamespace(new Namespace("y", Map.of("team", "red"))),
                new Change.PutNamespace(new Namespace("x", Map.of("team", "blue"))),
                new Change.PutNamespace(new Namespace("x", Map.of("team", "red"))),
                put(nodes),
                new Change.PutNode(node("n1", "b", "172.18.0.1")),
                new Change.PutNode(node("n1", "a", "172.18.0.1")),
                new Change.PutNode(node("n2", "a", "172.18.0.2", "2001:db8:1::2")),
                put(own),
                put(pod("x/web", "web", "n2", "10.0.0.1")),
                put(WEB),
                put(names),
                put(with(WEB, 80)),
                put(with(FAR, 81)),
                put(with(WEB, 8080)),
                remove(names),
                put(names),
                put(namedIngress),
                put(with(WEB, 79)),
                put(WEB),
                remove(names),
                put(names),
                put(network("web2", "app=web", ingress(allow(ANYONE, List.of(HTTP))))),
                put(with(WEB, 79)),
                put(network("web2", "app=web", ingress())),
                put(network("web2", "app=web", ingress(allow(ANYONE, List.of(HTTP))))),
                remove(network("web2", "app=web")),
                put(WEB),
                new Change.Resolved(Ip.parse("192.0.2.1"), Set.of("one.example")),
                new Change.Resolved(Ip.parse("10.0.0.1"), Set.of("two.example", "other")),
                new Change.Resolved(Ip.parse("192.0.2.1"), Set.of("other")),
                put(with(pod("x/twin", "web", "n1", "10.0.0.3"), 80)),
                put(namedIngress),
                put(with(WEB, 81)),
                put(network("named", "app", ingress(allow(List.of(API_PODS), List.of(HTTP))))),
                put(with(pod("x/twin", "web", "n1", "10.0.0.3"), 81)),
                put(namedIngress),
                put(with(pod("x/twin", "web", "n1", "10.0.0.3"), 80)),
                new Change.RemovePod("x", "twin"),
                put(network("named", "app", ingress(allow(List.of(API_PODS), List.of(HTTP))))),
                put(WEB),
                put(conditional),
                put(network("elsewhere", "app=api", ingress(onlyFor("app!=x", allow(ANYONE, tcp(79)))))),
                put(everywhere),
                remove(everywhere),
                remove(network("elsewhere", "app=api")),
                put(pod("x/web", "other", "n1", "10.0.0.1")),
                put(WEB),
                remove(web),
                put(web),
                put(network("web", "app=api", ingress(allow(List.of(pods("app=web")), tcp(80))))),
                put(web),
                put(accounts),
                put(under(WEB, "robot")),
                put(WEB),
                put(onHost(FAR)),
                put(onHost(API)),
                put(pod("x/guest", "web", "n9", "172.18.0.9")),
                put(onHost(pod("x/guest", "web", "n9", "172.18.0.9"))),
                new Change.PutNode(node("n9", "a")),
                new Change.RemoveNode("n9"),
                put(API),
                put(pod("y/api", "api", "n2", "10.0.0.9")),
                put(pod("y/api", "api", "n2")),
                put(FAR),
                put(network(
                        "blocks", "app=web", ingress(allow(List.of(block("10.0.0.0/16", "10.0.1.0/24")), tcp(8080))))),
                put(network("blocks", "app=web", ingress(allow(List.of(block("10.0.0.0/16")), tcp(8080))))),
                put(network("blocks", "app=web", ingress(allow(List.of(block("172.18.0.2/32")), tcp(8080))))),
                remove(admin),
                remove(names),
                remove(namedIngress),
                remove(conditional),
                remove(own),
                remove(nodes),
                remove(accounts),
                new Change.RemovePod("x", "guest"),
                new Change.RemovePod("x", "api"),
                new Change.RemovePod("y", "api"),
                new Change.RemoveNamespace("y"),
                new Change.RemoveNode("n1"));
    }

    private static Snapshot start() {
        return Snapshot.of(
                List.of(new Namespace("x", Map.of("team", "red")), new Namespace("y", Map.of())),
                List.of(WEB),
                List.of(node("n1", "a", "172.18.0.1")),
                List.of(),
                List.of());
    }

    /** More selectors than pods: then it is each pod that is asked for its selectors. */
    private static Snapshot crowded() {
        List<Policy> more = IntStream.range(0, 40)
                .mapToObj(i -> network(
                        "more" + i,
                        i % 4 == 0 ? "app=api,k" + i + "!=v" : "app=none" + i,
                        ingress(allow(List.of(pods("app=api,j" + i + "!=v"), pods("app=web" + i)), tcp(81)))))
                .toList();
        return start().withPolicies(more);
    }

    static Stream<Snapshot> starts() {
        return Stream.of(start(), crowded());
    }

    @ParameterizedTest
    @MethodSource("starts")
    void afterEveryChangeTheTableAnswersAsTheDeciderDoes(Snapshot start) {
        Snapshot now = start;
        LiveTable live = LiveTable.of(now);
        for (Change change : changes()) {
            now = change.appliedTo(now);
            VerdictTable table = live.apply(change);
            assertThat(table.snapshot()).as("after %s", change).isEqualTo(now);
            compare(change, table, now);
            holdsNothingThatNobodyHas(change, table, now);
        }
    }

    /** All at once, and as one: what came and went in between leaves no trace. */
    @Test
    void severalChangesAtOnceAreAsGoodAsOneByOne() {
        List<Change> changes = changes();
        for (int many : new int[] {4, changes.size()}) {
            Snapshot now = start();
            LiveTable live = LiveTable.of(now);
            for (int i = 0; i < changes.size(); i += many) {
                List<Change> some = changes.subList(i, Math.min(changes.size(), i + many));
                for (Change change : some) {
                    now = change.appliedTo(now);
                }
                VerdictTable table = live.apply(some);
                assertThat(table.snapshot()).isEqualTo(now);
                compare(some.getLast(), table, now);
                holdsNothingThatNobodyHas(some.getLast(), table, now);
            }
        }
    }

    /** What a pod was in between is forgotten, its addresses and ports too. */
    @Test
    void aPodThatIsAnotherForAWhileIsItselfAgain() {
        Policy names = network("names", "app=api", egress(allow(ANYONE, List.of(HTTP))));
        Policy blocks = network("blocks", "app=api", ingress(allow(List.of(block("10.0.0.0/24")), tcp(81))));
        Snapshot now = start();
        LiveTable live = LiveTable.of(now);
        List<List<Change>> steps = List.of(
                List.of(put(API), put(with(WEB, 80))),
                List.of(put(with(pod("x/web", "other", "n2", "10.0.7.7"), 81)), put(with(WEB, 80))),
                List.of(put(blocks), put(names)),
                List.of(put(WEB), put(with(pod("x/web", "other", "n2", "10.0.7.7"), 81))),
                List.of(
                        put(network("blocks", "app=api", ingress(allow(List.of(block("10.0.7.0/24")), tcp(81))))),
                        remove(names)),
                List.of(put(names)));
        for (List<Change> step : steps) {
            for (Change change : step) {
                now = change.appliedTo(now);
            }
            VerdictTable table = live.apply(step);
            compare(step.getLast(), table, now);
            holdsNothingThatNobodyHas(step.getLast(), table, now);
        }
    }

    private static List<Party> parties(Snapshot now) {
        AddressBook book = AddressBook.of(now);
        List<Party> all = new ArrayList<>();
        for (Pod pod : now.pods()) {
            if (pod.ips().isEmpty()) {
                all.add(book.partyOf(pod));
            }
            pod.ips().forEach(ip -> all.add(book.partyOf(pod, ip)));
        }
        for (Node node : now.nodes()) {
            if (node.ips().isEmpty()) {
                all.add(new Party.OfNode(node, null));
            }
            node.ips().forEach(ip -> all.add(new Party.OfNode(node, ip)));
        }
        Stream.of("192.0.2.1", "10.0.1.77", "2001:db8::77").forEach(ip -> all.add(book.party(Ip.parse(ip))));
        return all;
    }

    private static void compare(Change change, VerdictTable table, Snapshot now) {
        List<Party> parties = parties(now);
        for (Party from : parties) {
            for (Party to : parties) {
                for (int port : PORTS) {
                    Connection connection = new Connection(from, to, Protocol.TCP, port, from.equals(to));
                    Decision decision = Decider.decide(now, connection);
                    assertThat(List.of(
                                    table.cause(connection, Direction.EGRESS),
                                    table.cause(connection, Direction.INGRESS)))
                            .as("%s after %s", connection, change)
                            .containsExactly(
                                    decision.egress().cause(),
                                    decision.ingress().cause());
                }
            }
        }
    }

    /** The rows that a table lists, and the networks, are of identities that somebody has. */
    private static void holdsNothingThatNobodyHas(Change change, VerdictTable table, Snapshot now) {
        Set<Integer> had = new HashSet<>(table.networks().values());
        had.add(VerdictTable.WORLD);
        VerdictTable fresh = VerdictTable.of(now);
        parties(now).forEach(party -> {
            int identity = table.identityOf(party);
            had.add(identity);
            assertThat(table.identities().get(identity).signature())
                    .as("%s after %s", party, change)
                    .isEqualTo(fresh.identities().get(fresh.identityOf(party)).signature());
        });
        Set<Integer> sets = new HashSet<>(Set.of(VerdictTable.NOTHING_SELECTS));
        now.pods().forEach(pod -> sets.add(table.policySetOf(pod)));
        for (PolicySet set : table.policySets()) {
            assertThat(sets.contains(set.id()) || set.policies().isEmpty())
                    .as("set %s after %s", set.id(), change)
                    .isTrue();
            for (Direction direction : Direction.values()) {
                for (Relation relation : Relation.values()) {
                    assertThat(had)
                            .as("set %s after %s", set.id(), change)
                            .containsAll(
                                    set.side(direction).rows(relation).byPeer().keySet());
                }
            }
        }
        Set<Cidr> asked = new HashSet<>();
        now.policies().stream()
                .flatMap(policy -> policy.sections().stream())
                .flatMap(section -> section.rules().stream())
                .flatMap(rule -> rule.peers().stream())
                .flatMap(Peer::leaves)
                .forEach(peer -> {
                    if (peer instanceof Peer.Network network) {
                        asked.add(network.cidr());
                        asked.addAll(network.except());
                    }
                });
        now.names().keySet().forEach(ip -> asked.add(Cidr.of(ip)));
        assertThat(asked).as("after %s", change).containsAll(table.networks().keySet());
    }
}
