package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.DomainPattern.Wildcard;
import io.sluice.policy.model.Service.Endpoint;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How values of the model refer to others, and what of a value stays when a part of it is replaced. */
class ReferencesTest {
    private static Service service(String selector) {
        return new Service(
                "shop",
                "s",
                "ClusterIP",
                selector.isEmpty() ? Map.of() : Map.of("app", selector),
                false,
                List.of(),
                List.of(),
                SourcePosition.NONE);
    }

    private static Pod pod(String namespace, String app) {
        return new Pod(
                namespace,
                "p",
                Map.of("app", app, "more", "x"),
                List.of(),
                "",
                false,
                List.of(),
                new Workload("Pod", namespace, "p"),
                SourcePosition.NONE);
    }

    @ParameterizedTest
    @CsvSource({"web, shop, web, true", "web, other, web, false", "web, shop, db, false", "'', shop, web, false"})
    void aServiceSelectsPodsOfItsNamespaceByAllItsLabels(String selector, String namespace, String app, boolean is) {
        assertThat(service(selector).selects(pod(namespace, app))).isEqualTo(is);
    }

    @Test
    void endpointsReplaceNothingElse() {
        Endpoint endpoint = new Endpoint(Ip.parse("192.0.2.1"), "", Protocol.TCP, 443);
        Service with = service("").withEndpoints(List.of(endpoint));
        assertThat(with.endpoints()).containsExactly(endpoint);
        assertThat(with.withEndpoints(List.of())).isEqualTo(service(""));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            SERVICE | '' | 80   | true
            SERVICE | '' | 8080 | false
            SERVICE | p  | 0    | true
            SERVICE | t  | 0    | false
            SERVICE | '' | 0    | true
            TARGET  | '' | 80   | false
            TARGET  | '' | 8080 | true
            TARGET  | p  | 0    | true
            TARGET  | t  | 0    | true
            TARGET  | u  | 0    | false
            TARGET  | '' | 0    | true
            """)
    void aBackendMeansAPortOfTheServiceOrOfItsTarget(Entrance.PortOf portOf, String name, int port, boolean meant) {
        Entrance.Backend backend = new Entrance.Backend("a", "b", Protocol.TCP, portOf, name, port);
        String target = name.equals("t") || name.equals("u") ? "t" : "";
        assertThat(backend.means(new ServicePort("p", Protocol.TCP, 80, target, target.isEmpty() ? 8080 : 0)))
                .isEqualTo(meant);
        assertThat(backend.means(new ServicePort("p", Protocol.UDP, 80, target, target.isEmpty() ? 8080 : 0)))
                .isFalse();
    }

    @Test
    void theLeavesOfAPeerAreThoseNotMadeOfOthers() {
        Peer block = new Peer.Network(Cidr.parse("10.0.0.0/8"), List.of());
        Peer pods = new Peer.Pods(NamespaceMatch.EVERY, Selector.ALL);
        Peer nodes = new Peer.Nodes(Selector.ALL);
        Peer domain = new Peer.Domain(new DomainPattern("example.org", Wildcard.LABELS));
        Peer made = new Peer.All(List.of(
                new Peer.Any(List.of(block, new Peer.Not(pods))),
                new Peer.World(),
                new Peer.OwnNode(),
                nodes,
                domain,
                Peer.EVERYTHING));
        assertThat(made.leaves())
                .containsExactly(block, pods, new Peer.World(), new Peer.OwnNode(), nodes, domain, Peer.EVERYTHING);
        assertThat(block.leaves()).containsExactly(block);
    }

    @Test
    void onePartIsReplacedAndTheOthersStay() {
        Pod pod = pod("shop", "web");
        Node node = new Node("n1", Map.of(), List.of());
        Entrance entrance = new Entrance("Ingress", "shop", "i", List.of(), SourcePosition.NONE);
        Policy policy = Policy.network(
                new PolicyId("P", "shop", "p"),
                SourcePosition.NONE,
                new Subject(NamespaceMatch.EVERY, Selector.ALL),
                List.of(Section.ofNetworkPolicy(Direction.INGRESS, List.of())));
        Map<Ip, Set<String>> names = Map.of(Ip.parse("192.0.2.1"), Set.of("example.org"));
        Snapshot empty =
                Snapshot.of(List.of(new Namespace("shop", Map.of())), List.of(), List.of(), List.of(), List.of());
        Snapshot full = empty.withPods(List.of(pod))
                .withNodes(List.of(node))
                .withServices(List.of(service("web")))
                .withPolicies(List.of(policy))
                .withEntrances(List.of(entrance))
                .withNames(names);
        assertThat(full.pods()).containsExactly(pod);
        assertThat(full.nodes()).containsExactly(node);
        assertThat(full.services()).containsExactly(service("web"));
        assertThat(full.policies()).containsExactly(policy);
        assertThat(full.entrances()).containsExactly(entrance);
        assertThat(full.names()).isEqualTo(names);
        assertThat(full.namespaces()).isEqualTo(empty.namespaces());
        assertThat(full.node("n1")).contains(node);
        assertThat(full.node("n2")).isEmpty();

        Rule rule = new Rule("r", Action.ALLOW, List.of(), List.of(), SourcePosition.NONE);
        SourcePosition place = new SourcePosition("f", 1, 2);
        assertThat(rule.withPeers(List.of(Peer.EVERYTHING)).peers()).containsExactly(Peer.EVERYTHING);
        assertThat(rule.withPorts(List.of(PortMatch.EVERYTHING)).ports()).containsExactly(PortMatch.EVERYTHING);
        assertThat(rule.at(place).position()).isEqualTo(place);
        assertThat(rule.at(place).at(SourcePosition.NONE)).isEqualTo(rule);
        Section section = policy.section(Direction.INGRESS).orElseThrow();
        assertThat(section.with(List.of(rule)).rules()).containsExactly(rule);
        assertThat(section.withoutIsolation().isolates()).isFalse();
        assertThat(policy.with(List.of()).sections()).isEmpty();
        assertThat(policy.with(List.of()).with(policy.sections())).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, false, true", "ALLOW, true, false", "DENY, true, true", "PASS, false, true", "LOG, false, false"
    })
    void whatCanDecideAtThisLayer(Action action, boolean application, boolean decides) {
        Rule rule = new Rule(
                "",
                action,
                List.of(),
                List.of(),
                SourcePosition.NONE,
                Optional.empty(),
                application ? Optional.of(new Application("HTTP", "GET /")) : Optional.empty());
        assertThat(rule.decides()).isEqualTo(decides);
    }
}
