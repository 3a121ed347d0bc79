package io.sluice.policy;

import static io.sluice.policy.Scene.ANYONE;
import static io.sluice.policy.Scene.ANYTHING;
import static io.sluice.policy.Scene.allow;
import static io.sluice.policy.Scene.block;
import static io.sluice.policy.Scene.egress;
import static io.sluice.policy.Scene.ingress;
import static io.sluice.policy.Scene.pods;
import static io.sluice.policy.Scene.podsIn;
import static io.sluice.policy.Scene.podsOf;
import static io.sluice.policy.Scene.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Connection;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where readers of NetworkPolicy go wrong: each trap is a test that names it. */
class NetworkPolicyTrapsTest {
    private static final String ALLOWED = "allow by p ingress[0]";
    private static final String ISOLATED = "isolated by p";

    private static Scene twoNamespaces() {
        return new Scene()
                .namespace("x", "team=red")
                .namespace("y", "team=blue")
                .pod("x/a", "app=a", "10.0.0.1")
                .pod("x/b", "app=b", "10.0.0.2")
                .pod("y/a", "app=a", "10.0.0.3")
                .pod("y/bare", "", "10.0.0.4")
                .pod("y/empty", "app=", "10.0.0.5");
    }

    @ParameterizedTest(name = "peer {0} and pod {1}: {2}")
    @CsvSource({
        "app notin a b, y/bare,  true",
        "app notin a b, y/empty, true",
        "app notin a b, y/a,     false",
        "!app,          y/bare,  true",
        "!app,          y/empty, false",
        "app!=a,        y/bare,  true",
        "app,           y/empty, true",
        "app,           y/bare,  false",
    })
    void trap1_notInAndDoesNotExistMatchAnAbsentKey(String where, String pod, boolean matches) {
        Scene scene = twoNamespaces().policy("x/p", "", ingress(allow(List.of(pods(where)), ANYTHING)));
        assertThat(scene.ingress(pod, "x/a")).isEqualTo(matches ? ALLOWED : ISOLATED);
    }

    @Test
    void trap2_anEmptyLabelValueNeedsTheKeyToBePresent() {
        Scene scene = twoNamespaces().policy("x/p", "", ingress(allow(List.of(pods("app=")), ANYTHING)));
        assertThat(scene.ingress("y/empty", "x/a")).isEqualTo(ALLOWED);
        assertThat(scene.ingress("y/bare", "x/a")).isEqualTo(ISOLATED);
    }

    @Test
    void trap3_noSelectorIsNothingAndTheEmptySelectorIsEverything() {
        Peer nothing = new Peer.Pods(NamespaceMatch.EVERY, new Selector.Any(List.of()));
        Scene none = twoNamespaces().policy("x/p", "", ingress(allow(List.of(nothing), ANYTHING)));
        Scene every = twoNamespaces().policy("x/p", "", ingress(allow(List.of(pods("")), ANYTHING)));
        assertThat(none.ingress("y/a", "x/a")).isEqualTo(ISOLATED);
        assertThat(every.ingress("y/a", "x/a")).isEqualTo(ALLOWED);
        assertThat(every.ingress("192.0.2.1", "x/a"))
                .as("every pod, not everything")
                .isEqualTo(ISOLATED);
    }

    @Test
    void trap4_ingressWithoutRulesDeniesAll() {
        Scene scene = twoNamespaces().policy("x/p", "", ingress());
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo(ISOLATED);
        assertThat(scene.ingress("192.0.2.1", "x/a")).isEqualTo(ISOLATED);
        assertThat(scene.egress("x/a", "x/b")).isEqualTo("no policy");
    }

    @Test
    void trap5_aRuleWithoutPeersOrPortsIsAboutAllOfThem() {
        Scene scene = twoNamespaces().policy("x/p", "", ingress(allow(ANYONE, ANYTHING)));
        assertThat(scene.ingress("y/bare", "x/a", Protocol.UDP, 53)).isEqualTo(ALLOWED);
        assertThat(scene.ingress("2001:db8::1", "x/a", Protocol.SCTP, 9)).isEqualTo(ALLOWED);
    }

    @Test
    void trap5_anEmptyListOfAlternativesMatchesNothing() {
        Scene peers = twoNamespaces().policy("x/p", "", ingress(allow(List.of(), ANYTHING)));
        Scene ports = twoNamespaces().policy("x/p", "", ingress(allow(ANYONE, List.of())));
        assertThat(peers.ingress("y/a", "x/a")).isEqualTo(ISOLATED);
        assertThat(ports.ingress("y/a", "x/a")).isEqualTo(ISOLATED);
    }

    @Test
    void trap6and7_aDirectionWithoutASectionIsNotTouched() {
        Scene scene = twoNamespaces().policy("x/p", "", egress());
        assertThat(scene.ingress("y/a", "x/a")).isEqualTo("no policy");
        assertThat(scene.egress("x/a", "y/a")).isEqualTo(ISOLATED);
    }

    @Test
    void trap8_aPodSelectorAloneIsAboutThePolicysOwnNamespace() {
        Scene scene = twoNamespaces().policy("x/p", "", ingress(allow(List.of(podsIn("x", "app=a")), ANYTHING)));
        assertThat(scene.ingress("x/a", "x/b")).isEqualTo(ALLOWED);
        assertThat(scene.ingress("y/a", "x/b")).isEqualTo(ISOLATED);
    }

    @ParameterizedTest(name = "{0}: both in one item {1}, as two items {2}")
    @CsvSource({"y/a, true, true", "y/bare, false, true", "x/a, false, true", "x/b, false, false"})
    void trap9_oneItemIsAndTwoItemsAreOr(String from, boolean and, boolean or) {
        Scene one = twoNamespaces().policy("x/p", "", ingress(allow(List.of(podsOf("team=blue", "app=a")), ANYTHING)));
        Scene two = twoNamespaces()
                .policy("x/p", "", ingress(allow(List.of(podsOf("team=blue", ""), pods("app=a")), ANYTHING)));
        String to = from.equals("x/a") ? "x/b" : "x/a";
        assertThat(one.ingress(from, to)).isEqualTo(and ? ALLOWED : ISOLATED);
        assertThat(two.ingress(from, to)).isEqualTo(or ? ALLOWED : ISOLATED);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({"UDP,53,true", "UDP,65535,true", "UDP,0,true", "TCP,53,false", "SCTP,53,false", "ICMP,0,false"})
    void trap10and11_aProtocolWithoutPortIsAllPortsOfThatProtocolOnly(String protocol, int port, boolean allowed) {
        Scene scene = twoNamespaces()
                .policy("x/p", "", ingress(allow(ANYONE, List.of(new PortMatch.Range(TrafficRange.of(Protocol.UDP))))));
        assertThat(scene.ingress("y/a", "x/a", Protocol.named(protocol).orElseThrow(), port))
                .isEqualTo(allowed ? ALLOWED : ISOLATED);
    }

    private static Scene namedPorts() {
        return new Scene()
                .podWithPorts("web:TCP:80", "x/one", "s=1", "10.0.0.1")
                .podWithPorts("web:TCP:8080,web:UDP:9090", "x/two", "s=1", "10.0.0.2")
                .podWithPorts("other:TCP:80", "x/none", "s=1", "10.0.0.3")
                .podWithPorts("web:TCP:7777", "x/client", "", "10.0.0.4");
    }

    @ParameterizedTest(name = "to {0} {1} {2}: {3}")
    @CsvSource({
        "x/one,  TCP, 80,   true",
        "x/one,  TCP, 8080, false",
        "x/two,  TCP, 8080, true",
        "x/two,  TCP, 80,   false",
        "x/two,  UDP, 9090, false",
        "x/none, TCP, 80,   false",
        "x/one,  TCP, 7777, false",
    })
    void trap12_aNamedPortIsLookedUpOnEachDestinationByNameAndProtocol(
            String to, String protocol, int port, boolean allowed) {
        List<PortMatch> web = List.of(new PortMatch.Named("web", Protocol.TCP));
        Scene in = namedPorts().policy("x/p", "s=1", ingress(allow(ANYONE, web)));
        Scene out = namedPorts().policy("x/p", "!s", egress(allow(ANYONE, web)));
        Protocol p = Protocol.named(protocol).orElseThrow();
        assertThat(in.ingress("x/client", to, p, port)).isEqualTo(allowed ? ALLOWED : ISOLATED);
        assertThat(out.egress("x/client", to, p, port)).isEqualTo(allowed ? "allow by p egress[0]" : ISOLATED);
    }

    @Test
    void trap12_aNameWithoutProtocolMeansEveryProtocolThatHasIt() {
        List<PortMatch> web = List.of(new PortMatch.Named("web", null));
        Scene scene = namedPorts().policy("x/p", "s=1", ingress(allow(ANYONE, web)));
        assertThat(scene.ingress("x/client", "x/two", Protocol.UDP, 9090)).isEqualTo(ALLOWED);
        assertThat(scene.ingress("x/client", "x/two", Protocol.TCP, 9090)).isEqualTo(ISOLATED);
    }

    @Test
    void trap13_aNamedPortThatExistsNowhereMatchesNothingButIsolates() {
        List<PortMatch> ghost = List.of(new PortMatch.Named("ghost", Protocol.TCP));
        Scene scene = namedPorts().policy("x/p", "", ingress(allow(ANYONE, ghost)), egress(allow(ANYONE, ghost)));
        assertThat(scene.ingress("x/client", "x/one")).isEqualTo(ISOLATED);
        assertThat(scene.egress("x/client", "192.0.2.1"))
                .as("names do not apply to addresses")
                .isEqualTo(ISOLATED);
    }

    @ParameterizedTest(name = "port {0}: {1}")
    @CsvSource({"79,false", "80,true", "81,true", "90,true", "91,false", "443,true", "442,false", "444,false"})
    void trap14and15_endPortIsInclusiveAndMayEqualPort(int port, boolean allowed) {
        List<PortMatch> ports = List.of(
                new PortMatch.Range(TrafficRange.ports(Protocol.TCP, 80, 90)),
                new PortMatch.Range(TrafficRange.ports(Protocol.TCP, 443, 443)));
        Scene scene = twoNamespaces().policy("x/p", "", ingress(allow(ANYONE, ports)));
        assertThat(scene.ingress("y/a", "x/a", Protocol.TCP, port)).isEqualTo(allowed ? ALLOWED : ISOLATED);
    }

    @ParameterizedTest(name = "from {0}: {1}")
    @CsvSource({
        "10.1.0.1,      allow by p ingress[0]",
        "10.1.5.0,      allow by q ingress[0]",
        "10.1.5.127,    allow by q ingress[0]",
        "10.1.5.128,    'isolated by p, q'",
        "10.1.5.255,    'isolated by p, q'",
        "10.1.6.0,      allow by p ingress[0]",
        "10.2.0.0,      'isolated by p, q'",
    })
    void trap16_anExceptionTakesAwayFromItsOwnBlockOnly(String from, String cause) {
        Scene scene = twoNamespaces()
                .policy("x/p", "", ingress(allow(List.of(block("10.1.0.0/16", "10.1.5.0/24")), ANYTHING)))
                .policy("x/q", "", ingress(allow(List.of(block("10.1.5.0/25")), ANYTHING)));
        assertThat(scene.ingress(from, "x/a")).isEqualTo(cause);
    }

    @Test
    void trap17_blocksMatchThePodsAndNodesInThem() {
        Scene scene = twoNamespaces()
                .node("n", "", "10.0.0.9")
                .policy("x/p", "", ingress(allow(List.of(block("10.0.0.0/24", "10.0.0.2/32")), ANYTHING)));
        assertThat(scene.ingress("y/a", "x/a")).isEqualTo(ALLOWED);
        assertThat(scene.ingress("n", "x/a")).isEqualTo(ALLOWED);
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo(ISOLATED);
    }

    @Test
    void trap17_aPodWithoutAddressIsInNoBlock() {
        Scene scene = twoNamespaces()
                .pod("y/coming", "app=a")
                .policy("x/p", "", ingress(allow(List.of(block("0.0.0.0/0"), block("::/0")), ANYTHING)));
        assertThat(scene.ingress("y/coming", "x/a")).isEqualTo(ISOLATED);
    }

    @ParameterizedTest(name = "from {0}: {1}")
    @CsvSource({
        "192.0.2.1,   allow by v4 ingress[0]",
        "2001:db8::1, 'isolated by v4'",
        "y/dual@10.0.0.9, allow by v4 ingress[0]",
        "y/dual@fd00::9,  'isolated by v4'",
    })
    void trap18_aBlockHoldsOneFamily(String from, String cause) {
        Scene scene = twoNamespaces()
                .pod("y/dual", "", "10.0.0.9", "fd00::9")
                .policy("x/v4", "", ingress(allow(List.of(block("0.0.0.0/0")), ANYTHING)));
        assertThat(scene.ingress(from, "x/a")).isEqualTo(cause);
    }

    @Test
    void trap18_theWholeOfIpv6DoesNotHoldAnyIpv4() {
        Scene scene = twoNamespaces().policy("x/p", "", ingress(allow(List.of(block("::/0")), ANYTHING)));
        assertThat(scene.ingress("192.0.2.1", "x/a")).isEqualTo(ISOLATED);
        assertThat(scene.ingress("y/a", "x/a")).isEqualTo(ISOLATED);
        assertThat(scene.ingress("2001:db8::1", "x/a")).isEqualTo(ALLOWED);
    }

    @Test
    void trap19_everyNamespaceHasItsNameAsALabel() {
        Scene scene = new Scene()
                .pod("x/a", "", "10.0.0.1")
                .pod("y/a", "", "10.0.0.2")
                .policy("x/p", "", ingress(allow(List.of(podsOf("kubernetes.io/metadata.name=y", "")), ANYTHING)));
        assertThat(scene.ingress("y/a", "x/a")).isEqualTo(ALLOWED);
    }

    private static Scene nodes() {
        return new Scene()
                .node("n1", "", "172.18.0.1")
                .node("n2", "", "172.18.0.2")
                .podOn("n1", "x/a", "app=a", "10.0.0.1")
                .hostPod("n1", "x/agent", "app=a", "172.18.0.1")
                .hostPod("n2", "x/far", "app=a", "172.18.0.2");
    }

    @Test
    void trap20_aPodsOwnNodeIsAlwaysAllowedAndOtherNodesAreNot() {
        Scene scene = nodes().policy("x/p", "", ingress(), egress());
        assertThat(scene.ingress("n1", "x/a")).isEqualTo("own node");
        assertThat(scene.egress("x/a", "n1")).isEqualTo("own node");
        assertThat(scene.ingress("172.18.0.1", "x/a")).isEqualTo("own node");
        assertThat(scene.ingress("n2", "x/a")).isEqualTo(ISOLATED);
        assertThat(scene.egress("x/a", "n2")).isEqualTo(ISOLATED);
    }

    @Test
    void trap20_withoutAPolicyTheOwnNodeNeedsNoException() {
        assertThat(nodes().ingress("n1", "x/a")).isEqualTo("no policy");
    }

    @Test
    void trap21_aHostNetworkPodIsItsNodeAndNotAPod() {
        Scene scene = nodes().policy("x/p", "", ingress(allow(List.of(pods("")), ANYTHING)), egress());
        assertThat(scene.ingress("x/agent", "x/a")).as("as its node").isEqualTo("own node");
        assertThat(scene.ingress("x/far", "x/a")).as("no selector matches it").isEqualTo(ISOLATED);
        assertThat(scene.ingress("x/a", "x/far")).as("nor selects it").isEqualTo("not a subject");
        assertThat(scene.egress("x/far", "x/a")).isEqualTo("not a subject");
    }

    @Test
    void trap21_aBlockMatchesTheNodeAddressOfAHostNetworkPod() {
        Scene scene = nodes().policy("x/p", "", ingress(allow(List.of(block("172.18.0.2/32")), ANYTHING)));
        assertThat(scene.ingress("x/far", "x/a")).isEqualTo(ALLOWED);
    }

    @Test
    void trap21_aNamedPortOfAHostNetworkPodMatchesNothing() {
        Scene scene = namedPorts()
                .hostPod("n1", "x/host", "", "172.18.0.1")
                .policy("x/p", "!s", egress(allow(ANYONE, List.of(new PortMatch.Named("web", Protocol.TCP)))));
        assertThat(scene.egress("x/client", "x/host", Protocol.TCP, 80)).isEqualTo(ISOLATED);
    }

    @Test
    void trap22_aPodIsNeverKeptFromItselfDirectlyOrThroughAService() {
        Scene scene = nodes().policy("x/p", "", ingress(), egress());
        for (boolean hairpin : new boolean[] {false, true}) {
            Connection own = new Connection(scene.party("x/a"), scene.party("x/a"), Protocol.TCP, 80, hairpin);
            assertThat(Scene.words(scene.ask(own).egress())).isEqualTo("self");
            assertThat(Scene.words(scene.ask(own).ingress())).isEqualTo("self");
        }
    }

    @Test
    void trap23_sctpIsNotTcpAndAPolicyForItAloneIsolatesTheRest() {
        Scene scene =
                twoNamespaces().policy("x/p", "", ingress(allow(ANYONE, List.of(PortMatch.port(Protocol.SCTP, 80)))));
        assertThat(scene.ingress("y/a", "x/a", Protocol.SCTP, 80)).isEqualTo(ALLOWED);
        assertThat(scene.ingress("y/a", "x/a", Protocol.TCP, 80)).isEqualTo(ISOLATED);
        assertThat(scene.ingress("y/a", "x/a", Protocol.UDP, 80)).isEqualTo(ISOLATED);
    }

    @Test
    void trap24_bothSidesMustAllow() {
        Scene scene = twoNamespaces()
                .policy("x/in", "", ingress(allow(ANYONE, ANYTHING)))
                .policy("y/out", "", egress(allow(List.of(podsIn("x", "app=b")), tcp(80))));
        var refused = scene.ask(new Connection(scene.party("y/a"), scene.party("x/a"), Protocol.TCP, 80));
        assertThat(refused.ingress().verdict()).isEqualTo(Verdict.ALLOW);
        assertThat(Scene.words(refused.egress())).isEqualTo("isolated by out");
        assertThat(refused.verdict()).isEqualTo(Verdict.DENY);
        assertThat(scene.ask(new Connection(scene.party("y/a"), scene.party("x/b"), Protocol.TCP, 80))
                        .verdict())
                .isEqualTo(Verdict.ALLOW);
    }

    @Test
    void trap34_podsOfOneOwnerWithDifferentLabelsAreToldApart() {
        Scene scene = new Scene()
                .pod("x/web-1", "app=web,track=stable", "10.0.0.1")
                .pod("x/web-2", "app=web,track=canary", "10.0.0.2")
                .pod("x/client", "", "10.0.0.3")
                .policy("x/p", "track=canary", ingress());
        assertThat(scene.ingress("x/client", "x/web-1")).isEqualTo("no policy");
        assertThat(scene.ingress("x/client", "x/web-2")).isEqualTo(ISOLATED);
    }

    @Test
    void theFirstOfSeveralAllowingRulesIsNamedByIdAndPlaceWhateverTheOrderOfThePolicies() {
        Scene scene = twoNamespaces()
                .policy("x/q", "", ingress(allow(ANYONE, ANYTHING)))
                .policy(
                        "x/p",
                        "",
                        ingress(allow(List.of(), ANYTHING), allow(ANYONE, tcp(80)), allow(ANYONE, ANYTHING)));
        assertThat(scene.ingress("y/a", "x/a", Protocol.TCP, 80)).isEqualTo("allow by p ingress[1]");
        assertThat(scene.ingress("y/a", "x/a", Protocol.TCP, 81)).isEqualTo("allow by p ingress[2]");
    }

    @Test
    void isolationNamesEveryPolicyThatIsolates() {
        Scene scene = twoNamespaces()
                .policy("x/r", "app=b", ingress())
                .policy("x/q", "", ingress(allow(ANYONE, tcp(443))))
                .policy("x/p", "app=a", ingress())
                .policy("x/s", "", egress());
        assertThat(scene.ingress("y/a", "x/a")).isEqualTo("isolated by p, q");
    }

    @Test
    void icmpPassesARuleWithoutPortsAndNotARuleWithPorts() {
        Scene open = twoNamespaces().policy("x/p", "", ingress(allow(ANYONE, ANYTHING)));
        Scene ports = twoNamespaces().policy("x/p", "", ingress(allow(ANYONE, tcp(80))));
        assertThat(open.ingress("y/a", "x/a", Protocol.ICMP, 8 << 8)).isEqualTo(ALLOWED);
        assertThat(ports.ingress("y/a", "x/a", Protocol.ICMP, 8 << 8)).isEqualTo(ISOLATED);
    }
}
