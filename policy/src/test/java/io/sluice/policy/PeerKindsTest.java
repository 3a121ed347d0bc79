package io.sluice.policy;

import static io.sluice.policy.Scene.ANYONE;
import static io.sluice.policy.Scene.ANYTHING;
import static io.sluice.policy.Scene.block;
import static io.sluice.policy.Scene.ordered;
import static io.sluice.policy.Scene.pods;
import static io.sluice.policy.Scene.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Application;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.VerdictTable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds of peers and ways of combining that no NetworkPolicy has, one question each. */
class PeerKindsTest {
    private static Scene around() {
        return new Scene()
                .namespace("x", "")
                .namespace("y", "")
                .node("n1", "zone=a", "172.18.0.1")
                .node("n2", "zone=b", "172.18.0.2")
                .podOn("n1", "x/web", "app=web", "10.0.0.1")
                .podOn("n1", "x/api", "app=api", "10.0.0.2")
                .podOn("n2", "y/api", "app=api", "10.0.0.3")
                .hostPod("n1", "x/host", "app=web", "172.18.0.1");
    }

    /** Who of: x/api, y/api, n1, n2, 192.0.2.1 is allowed into x/web. */
    static Stream<Arguments> peers() {
        Peer api = pods("app=api");
        Peer inY = new Peer.Pods(new NamespaceMatch.Named("y"), where(""));
        return Stream.of(
                Arguments.of("everything", Peer.EVERYTHING, "x/api y/api n1 n2 192.0.2.1"),
                Arguments.of("the world", new Peer.World(), "192.0.2.1"),
                Arguments.of("the own node", new Peer.OwnNode(), "n1"),
                Arguments.of("nodes", new Peer.Nodes(where("zone=b")), "n2"),
                Arguments.of("pods", api, "x/api y/api"),
                Arguments.of("a block of pods", block("10.0.0.0/30"), "x/api y/api"),
                Arguments.of("all", new Peer.All(List.of(api, inY)), "y/api"),
                Arguments.of("all of nothing", new Peer.All(List.of()), "x/api y/api n1 n2 192.0.2.1"),
                Arguments.of("any", new Peer.Any(List.of(inY, new Peer.World())), "y/api 192.0.2.1"),
                Arguments.of("any of nothing", new Peer.Any(List.of()), ""),
                Arguments.of("not", new Peer.Not(api), "n1 n2 192.0.2.1"),
                Arguments.of("not the world", new Peer.Not(new Peer.World()), "x/api y/api n1 n2"),
                Arguments.of("not the own node", new Peer.Not(new Peer.OwnNode()), "x/api y/api n2 192.0.2.1"),
                Arguments.of(
                        "a block without pods",
                        new Peer.All(List.of(block("0.0.0.0/0"), new Peer.Not(pods("")))),
                        "n1 n2 192.0.2.1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("peers")
    void whoAPeerIs(String name, Peer peer, String allowed) {
        Scene scene = around().policy(
                        Tier.ADMIN,
                        1,
                        "p",
                        new Subject(NamespaceMatch.EVERY, where("app=web")),
                        ordered(Direction.INGRESS, Scene.allow(List.of(peer), ANYTHING), Scene.deny(ANYONE, ANYTHING)));
        List<String> found = Stream.of("x/api", "y/api", "n1", "n2", "192.0.2.1")
                .filter(from -> scene.ingress(from, "x/web").equals("allow by p ingress[0]"))
                .toList();
        assertThat(String.join(" ", found)).isEqualTo(allowed);
    }

    private static Policy policy(String name, Combining combining, double priority, Section section) {
        return new Policy(
                new PolicyId("P", "", name),
                SourcePosition.NONE,
                new Tier("t", 5),
                priority,
                combining,
                new Subject(NamespaceMatch.EVERY, where("app=web")),
                List.of(section));
    }

    private static Rule rule(Action action, String from) {
        return new Rule("", action, List.of(pods(from)), ANYTHING, SourcePosition.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ALLOW app=api                        | false | allow by p ingress[0]
            DENY app=api                         | false | deny by p ingress[0]
            ALLOW app=api; DENY app=api          | false | deny by p ingress[1]
            DENY app=api; DENY app=api           | false | deny by p ingress[0]
            ALLOW app=api; ALLOW app=api         | false | allow by p ingress[0]
            PASS app=api                         | false | no policy
            PASS app=api; ALLOW app=api          | false | allow by p ingress[1]
            PASS app=api                         | true  | isolated by p
            LOG app=api; ALLOW app=api           | true  | allow by p ingress[1]
            LOG app=api                          | true  | isolated by p
            ALLOW app=other                      | true  | isolated by p
            ALLOW app=other                      | false | no policy
            """)
    void combinedRules(String rules, boolean isolates, String cause) {
        List<Rule> all = Stream.of(rules.split("; "))
                .map(r -> rule(Action.valueOf(r.split(" ")[0]), r.split(" ")[1]))
                .toList();
        Scene scene =
                around().add(policy("p", Combining.DENY_OVERRIDES, 1, new Section(Direction.INGRESS, isolates, all)));
        assertThat(scene.ingress("x/api", "x/web")).isEqualTo(cause);
    }

    @ParameterizedTest(name = "{0} {1} before {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            DENY_OVERRIDES | 1 | ALLOW | DENY_OVERRIDES | 1 | DENY  | deny by b ingress[0]
            DENY_OVERRIDES | 1 | ALLOW | DENY_OVERRIDES | 2 | DENY  | allow by a ingress[0]
            DENY_OVERRIDES | 2 | ALLOW | DENY_OVERRIDES | 1 | DENY  | deny by b ingress[0]
            DENY_OVERRIDES | 1 | ALLOW | FIRST_MATCH    | 1 | DENY  | deny by b ingress[0]
            FIRST_MATCH    | 1 | ALLOW | DENY_OVERRIDES | 1 | DENY  | allow by a ingress[0]
            FIRST_MATCH    | 1 | PASS  | DENY_OVERRIDES | 1 | DENY  | no policy
            FIRST_MATCH    | 2 | PASS  | DENY_OVERRIDES | 1 | DENY  | deny by b ingress[0]
            FIRST_MATCH    | 1 | LOG   | DENY_OVERRIDES | 1 | DENY  | deny by b ingress[0]
            FIRST_MATCH_BY_NAME | 1 | ALLOW | FIRST_MATCH_BY_NAME | 1 | DENY | allow by a ingress[0]
            """)
    void policiesOfATierCombineAsEachSays(
            Combining one,
            double first,
            Action action,
            Combining other,
            double second,
            Action otherAction,
            String cause) {
        Scene scene = around().add(policy("a", one, first, ordered(Direction.INGRESS, rule(action, "app=api"))))
                .add(policy("b", other, second, ordered(Direction.INGRESS, rule(otherAction, "app=api"))));
        assertThat(scene.ingress("x/api", "x/web")).isEqualTo(cause);
    }

    /** Calico's tie is broken by name, so nothing is left open; that of the cluster policies is. */
    @ParameterizedTest
    @CsvSource({"FIRST_MATCH, true", "FIRST_MATCH_BY_NAME, false"})
    void onlyATieThatTheApiLeavesOpenIsAmbiguous(Combining combining, boolean ambiguous) {
        Scene scene = around().add(policy("a", combining, 1, ordered(Direction.INGRESS, rule(Action.ALLOW, "app=api"))))
                .add(policy("b", combining, 1, ordered(Direction.INGRESS, rule(Action.DENY, "app=api"))));
        var connection = new Connection(scene.party("x/api"), scene.party("x/web"), Protocol.TCP, 80);
        assertThat(scene.ask(connection).ingress().trace().stream().anyMatch(Step.Ambiguous.class::isInstance))
                .isEqualTo(ambiguous);
    }

    /** Whom a section spares is allowed before permissions and isolation count; only a denial that is combined keeps out. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            OWN_NODE | DENY_OVERRIDES | ALLOW | own node
            OWN_NODE | DENY_OVERRIDES | DENY  | deny by p ingress[0]
            OWN_NODE | FIRST_MATCH    | DENY  | own node
            SELF     | DENY_OVERRIDES | DENY  | deny by p ingress[0]
            SELF     | DENY_OVERRIDES | PASS  | isolated by p
            ''       | FIRST_MATCH    | DENY  | deny by p ingress[0]
            """)
    void whomASectionSpares(String spared, Combining combining, Action action, String cause) {
        Set<Spared> spares = spared.isEmpty() ? Set.of() : EnumSet.of(Spared.valueOf(spared));
        Rule everybody = new Rule("", action, ANYONE, ANYTHING, SourcePosition.NONE);
        Scene scene = around().add(
                        policy("p", combining, 1, new Section(Direction.INGRESS, true, spares, List.of(everybody))));
        assertThat(scene.ingress("n1", "x/web")).isEqualTo(cause);
    }

    /** A rule about some of the pods that its policy selects leaves the others alone. */
    @Test
    void aRuleMayBeAboutSomePodsOfItsPolicy() {
        Subject onlyY = new Subject(new NamespaceMatch.Named("y"), where(""));
        Rule rule =
                new Rule("", Action.DENY, ANYONE, ANYTHING, SourcePosition.NONE, Optional.of(onlyY), Optional.empty());
        Rule byLabel = new Rule(
                "",
                Action.ALLOW,
                ANYONE,
                ANYTHING,
                SourcePosition.NONE,
                Optional.of(new Subject(NamespaceMatch.EVERY, where("app=web"))),
                Optional.empty());
        Scene scene = around().policy(Tier.ADMIN, 1, "p", Scene.everyPod(), ordered(Direction.INGRESS, rule, byLabel));
        assertThat(scene.ingress("n2", "x/api")).isEqualTo("no policy");
        assertThat(scene.ingress("n2", "y/api")).isEqualTo("deny by p ingress[0]");
        assertThat(scene.ingress("n2", "x/web")).isEqualTo("allow by p ingress[1]");
    }

    /** "An allow that cannot be honoured is dropped, a deny is kept." */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALLOW | isolated by p
            DENY  | deny by p ingress[0]
            """)
    void aRuleAboutAnApplicationAllowsNothingHere(Action action, String cause) {
        Rule http = new Rule(
                "",
                action,
                ANYONE,
                ANYTHING,
                SourcePosition.NONE,
                Optional.empty(),
                Optional.of(new Application("HTTP", "GET /")));
        Scene scene = around().add(
                        policy("p", Combining.DENY_OVERRIDES, 1, new Section(Direction.INGRESS, true, List.of(http))));
        assertThat(scene.ingress("x/api", "x/web")).isEqualTo(cause);
    }

    /** A name is whoever holds an address that is known to be the name's, and nobody while none is known. */
    @Test
    void trap38_aDomainNameIsTheAddressesThatAreKnownToBeIts() {
        Policy policy = new Policy(
                new PolicyId("ClusterNetworkPolicy", "", "names"),
                SourcePosition.NONE,
                Tier.ADMIN,
                1,
                Combining.FIRST_MATCH,
                Scene.everyPod(),
                List.of(new Section(
                        Direction.EGRESS,
                        false,
                        List.of(Scene.deny(
                                List.of(new Peer.Domain(
                                        new DomainPattern("*.example.com", DomainPattern.Wildcard.LABELS))),
                                ANYTHING)))));
        Scene scene = around().add(policy);
        Connection connection = new Connection(scene.party("x/web"), scene.party("192.0.2.1"), Protocol.TCP, 443);
        Snapshot unknown = scene.snapshot();
        Ip ip = Ip.parse("192.0.2.1");
        Snapshot known = unknown.withNames(Map.of(ip, Set.of("a.b.example.com")));
        Snapshot apex = unknown.withNames(Map.of(ip, Set.of("example.com")));
        assertThat(List.of(unknown, known, apex))
                .extracting(snapshot -> Decider.decide(snapshot, connection).verdict())
                .containsExactly(Verdict.ALLOW, Verdict.DENY, Verdict.ALLOW);
        assertThat(List.of(unknown, known, apex))
                .extracting(snapshot -> VerdictTable.of(snapshot).verdict(connection))
                .containsExactly(Verdict.ALLOW, Verdict.DENY, Verdict.ALLOW);
    }

    /** Attributes that are no labels: selectors of converted or listed policies must not take them for such. */
    @Test
    void serviceAccountAndNamespaceAreNoLabels() {
        assertThat(List.of(Pod.ACCOUNT, Pod.NAMESPACE, Pod.ACCOUNT_LABEL + "team"))
                .allMatch(Pod::isNoLabel);
        assertThat(List.of("app", "serviceaccount", "")).noneMatch(Pod::isNoLabel);
        assertThat(Selector.labels(Map.of("a", "b")).matches(Map.of("a", "b", "c", "d")))
                .isTrue();
    }
}
