package io.sluice.policy.gate;

import static io.sluice.policy.gate.MeshScene.not;
import static io.sluice.policy.gate.MeshScene.of;
import static io.sluice.policy.gate.MeshScene.rule;
import static io.sluice.policy.gate.MeshScene.term;
import static io.sluice.policy.gate.MeshScene.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Connection;
import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GatePolicy.Target;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Mesh.MutualTls;
import io.sluice.policy.model.Mesh.Scope;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gate makes of a request, beyond what its rules say: who passes it, who has an identity, what is not known. */
class GateTest {
    private static final Scope SHOP = of("shop", false, "");

    private final MeshScene scene = new MeshScene()
            .namespace("shop", "")
            .namespace("plain", "istio-injection=disabled")
            .namespace("ambient", "istio.io/dataplane-mode=ambient")
            .node("node", "172.18.0.1")
            .pod("shop/web", "app=web", "10.0.0.1")
            .pod("shop/cart", "app=cart", "10.0.0.2")
            .pod("plain/old", "", "10.0.1.1")
            .pod("ambient/z", "app=z", "10.0.2.1")
            .hostPod("shop/host", "172.18.0.1")
            .service("shop/web", "app=web", new ServicePort("http", Protocol.TCP, 80, "", 80))
            .service("ambient/z", "app=z", new ServicePort("http", Protocol.TCP, 80, "", 80));

    private static String text(GateDecision decision) {
        return decision.outcome() + ": " + decision.cause();
    }

    @Test
    void onlyTcpToAPodOfTheMeshPassesTheGate() {
        scene.policy("none", Action.ALLOW).policy("old", Action.ALLOW, of("plain", false, ""), List.of());
        assertThat(text(scene.decide("shop/cart", "shop/web")))
                .isEqualTo("deny: no ALLOW rule matches of AuthorizationPolicy shop/none (none.yaml:1)");
        assertThat(text(scene.decide("shop/cart", "8.8.8.8"))).isEqualTo("allow: the destination has no proxy");
        assertThat(text(scene.decide("shop/cart", "shop/host"))).isEqualTo("allow: the destination has no proxy");
        assertThat(text(scene.decide("shop/cart", "plain/old"))).isEqualTo("allow: the destination is not in the mesh");
        Connection tcp = scene.connection("shop/cart", "shop/web", 80);
        assertThat(text(scene.decide(Request.of(new Connection(tcp.from(), tcp.to(), Protocol.UDP, 80)))))
                .isEqualTo("allow: only TCP passes the destination's proxy");
    }

    @Test
    void aPodReachesItselfPastItsProxyUnlessThroughAService() {
        scene.policy("none", Action.ALLOW);
        Connection direct = scene.connection("shop/web", "shop/web", 80);
        assertThat(text(scene.decide(Request.of(direct))))
                .isEqualTo("allow: a pod's direct traffic to itself does not pass its proxy");
        assertThat(scene.decide(Request.of(new Connection(direct.from(), direct.to(), Protocol.TCP, 80, true)))
                        .outcome())
                .isEqualTo(Outcome.DENY);
    }

    @Test
    void whetherTheGateSpeaksOfAConnection() {
        assertThat(speaks("shop/web")).as("a mesh that is told nothing").isFalse();
        scene.policy("p", Action.ALLOW, of("shop", false, "app=web"), List.of());
        assertThat(speaks("shop/web")).isTrue();
        assertThat(speaks("shop/cart")).isFalse();
        assertThat(speaks("8.8.8.8")).isFalse();
        scene.mutualTls("m", of("shop", false, "app=cart"), MutualTls.STRICT, Map.of(81, MutualTls.PERMISSIVE));
        assertThat(speaks("shop/cart")).isTrue();
        assertThat(Gate.of(scene.snapshot()).speaksOf(scene.connection("plain/old", "shop/cart", 81)))
                .isFalse();
        scene.policy("bound", Action.ALLOW, of("ambient", false, ""), List.of(new Target("Service", "z")));
        assertThat(speaks("ambient/z")).as("by a proxy elsewhere").isTrue();
    }

    private boolean speaks(String to) {
        return Gate.of(scene.snapshot()).speaksOf(scene.connection("plain/old", to, 80));
    }

    /** Source, and what follows where the destination demands mutual TLS. */
    @ParameterizedTest
    @CsvSource({
        "shop/cart,  allow",
        "ambient/z,  allow",
        "plain/old,  deny",
        "shop/host,  deny",
        "172.18.0.1, deny",
        "8.8.8.8,    depends",
    })
    void mutualTlsIsSpokenInTheMeshOnly(String from, String outcome) {
        scene.mutualTls("m", SHOP, MutualTls.STRICT, Map.of());
        GateDecision decision = scene.decide(from, "shop/web");
        assertThat(decision.outcome()).hasToString(outcome);
        assertThat(decision.cause())
                .hasToString(
                        switch (outcome) {
                            case "deny" ->
                                "PeerAuthentication shop/m demands mutual TLS, which the source does not speak"
                                        + " (m.yaml:1)";
                            case "depends" -> "it depends on whether the source speaks mutual TLS";
                            default -> "no ALLOW policy selects the destination";
                        });
    }

    @Test
    void whoIsDeniedAnywayIsDeniedWhetherOrNotTlsIsSpoken() {
        scene.mutualTls("m", SHOP, MutualTls.STRICT, Map.of()).policy("none", Action.ALLOW);
        assertThat(scene.decide("8.8.8.8", "shop/web").outcome()).isEqualTo(Outcome.DENY);
        assertThat(scene.decide("plain/old", "shop/web").cause()).isInstanceOf(GateCause.Plaintext.class);
    }

    /** Of the pod before of its namespace before of the mesh; of a port before of the rest; UNSET leaves it to the next. */
    @Test
    void theNearestModeOfMutualTlsCounts() {
        scene.mutualTls("a-elsewhere", of("other", false, ""), MutualTls.STRICT, Map.of());
        assertThat(plain(80)).isEqualTo("allowed");
        scene.mutualTls("a-mesh", of("istio-system", true, ""), MutualTls.STRICT, Map.of());
        assertThat(plain(80)).isEqualTo("a-mesh");
        scene.mutualTls("a-space", SHOP, MutualTls.PERMISSIVE, Map.of());
        assertThat(plain(80)).isEqualTo("allowed");
        scene.mutualTls("pod", of("shop", false, "app=web"), MutualTls.UNSET, Map.of(81, MutualTls.STRICT));
        assertThat(plain(80)).isEqualTo("allowed");
        assertThat(plain(81)).isEqualTo("pod");
        scene.mutualTls("apod", of("shop", false, "app=web"), MutualTls.STRICT, Map.of(81, MutualTls.DISABLE));
        assertThat(plain(80)).isEqualTo("apod");
        assertThat(plain(81)).as("of two, the first by name").isEqualTo("allowed");
    }

    private String plain(int port) {
        GateDecision decision = scene.decide(Request.of(scene.connection("plain/old", "shop/web", port)));
        return decision.cause() instanceof GateCause.Plaintext plaintext
                ? plaintext.authentication().id().name()
                : "allowed";
    }

    @Test
    void withoutMutualTlsNobodyHasAnIdentity() {
        scene.policy("p", Action.ALLOW, when(Attribute.SOURCE_NAMESPACE, "shop"));
        assertThat(scene.decide("shop/cart", "shop/web").outcome()).isEqualTo(Outcome.ALLOW);
        assertThat(scene.decide("ambient/z", "shop/web").outcome()).isEqualTo(Outcome.DENY);
        scene.mutualTls("m", SHOP, MutualTls.DISABLE, Map.of());
        assertThat(scene.decide("shop/cart", "shop/web").outcome()).isEqualTo(Outcome.DENY);
    }

    /** The node's proxy of an ambient pod reads no HTTP, whatever the Service says. */
    @Test
    void anAmbientPodsProxyReadsNoHttp() {
        Request get = scene.request("shop/cart", "ambient/z").with(Attribute.METHOD, "GET");
        scene.policy("p", Action.ALLOW, of("ambient", false, ""), List.of(), when(Attribute.METHOD, "GET"));
        assertThat(scene.decide(get).outcome()).isEqualTo(Outcome.DENY);
        scene.policy("q", Action.ALLOW, when(Attribute.METHOD, "GET"));
        assertThat(scene.decide(scene.request("shop/cart", "shop/web").with(Attribute.METHOD, "GET"))
                        .outcome())
                .isEqualTo(Outcome.ALLOW);
    }

    /** A port of which nobody says what is spoken there: known are the answers that are the same either way. */
    @Test
    void whereTheProtocolIsDetected() {
        scene.policy("p", Action.ALLOW, when(Attribute.METHOD, "GET"), when(Attribute.SOURCE_NAMESPACE, "shop"));
        Request bare = Request.of(scene.connection("ambient/z", "shop/web", 9000));
        assertThat(text(scene.decide(bare))).isEqualTo("depends: it depends on method, whether HTTP is spoken");
        assertThat(scene.decide(bare.with(Attribute.METHOD, "GET")).outcome()).isEqualTo(Outcome.ALLOW);
        assertThat(scene.decide(bare.with(Attribute.METHOD, "PUT")).outcome()).isEqualTo(Outcome.DENY);
        assertThat(text(scene.decide(Request.of(scene.connection("shop/cart", "shop/web", 9000)))))
                .isEqualTo("allow: AuthorizationPolicy shop/p rules[1] allows (rule.yaml:7)");
        assertThat(text(scene.decide(Request.of(scene.connection("ambient/z", "shop/web", 80)))))
                .isEqualTo("depends: it depends on method");
    }

    /** What only a token says of a request is nothing where no proxy looks at tokens. */
    @Test
    void tokensCountWhereTheyAreLookedAt() {
        scene.policy("p", Action.ALLOW, when(Attribute.TOKEN_PRINCIPAL, "iss/sub"));
        assertThat(scene.decide("shop/cart", "shop/web").outcome()).isEqualTo(Outcome.DENY);
        scene.tokens(of("shop", false, "app=cart"));
        assertThat(scene.decide("shop/cart", "shop/web").outcome()).isEqualTo(Outcome.DENY);
        scene.tokens(SHOP);
        assertThat(text(scene.decide("shop/cart", "shop/web"))).isEqualTo("depends: it depends on token principal");
    }

    /** Whether a request passes a proxy elsewhere is not known. */
    @Test
    void whatAProxyElsewhereRefusesIsNoRefusalForCertain() {
        List<Target> service = List.of(new Target("Service", "web"));
        scene.policy("bound", Action.DENY, SHOP, service, when(Attribute.SOURCE_NAMESPACE, "shop"));
        GateDecision decision = scene.decide("shop/cart", "shop/web");
        assertThat(text(decision)).isEqualTo("depends: it depends on whether it passes the proxy of Service web");
        assertThat(decision.trace())
                .singleElement()
                .satisfies(step -> assertThat(step.enforced()).isFalse());
        assertThat(text(scene.decide("ambient/z", "shop/web")))
                .as("the proxy elsewhere allows it")
                .isEqualTo("allow: no ALLOW policy selects the destination");
        scene.policy("method", Action.DENY, SHOP, service, when(Attribute.METHOD, "PUT"));
        assertThat(text(scene.decide("ambient/z", "shop/web")))
                .isEqualTo("depends: it depends on method, whether it passes the proxy of Service web");
        scene.policy("own", Action.DENY, when(Attribute.SOURCE_NAMESPACE, "ambient"));
        assertThat(text(scene.decide("ambient/z", "shop/web")))
                .isEqualTo("deny: AuthorizationPolicy shop/own rules[0] denies (rule.yaml:7)");
        assertThat(scene.decide("ambient/z", "shop/web").trace())
                .extracting(step -> step.policy().id().name() + " " + step.enforced())
                .containsExactly("own true", "bound false", "method false");
    }

    @Test
    void customComesBeforeDenyBeforeAllow() {
        scene.policy("allow", Action.ALLOW, when(Attribute.SOURCE_NAMESPACE, "shop"));
        assertThat(text(scene.decide("shop/cart", "shop/web")))
                .isEqualTo("allow: AuthorizationPolicy shop/allow rules[0] allows (rule.yaml:7)");
        scene.add(custom("custom", "auth"));
        GateDecision asked = scene.decide("shop/cart", "shop/web");
        assertThat(text(asked))
                .isEqualTo("ask: AuthorizationPolicy shop/custom rules[0] asks provider auth (rule.yaml:7)");
        assertThat(asked.trace())
                .extracting(step -> step.policy().id().name() + " " + step.rule() + " " + step.enforced())
                .containsExactly("custom 0 true", "allow 0 true");
        assertThat(scene.decide("ambient/z", "shop/web").outcome())
                .as("what is denied here nobody is asked of")
                .isEqualTo(Outcome.DENY);
        scene.add(custom("another", "other"));
        assertThat(text(scene.decide("shop/cart", "shop/web")))
                .isEqualTo("deny: AuthorizationPolicy shop/another rules[0] would ask other, but one destination may"
                        + " have one provider only, not other and auth (rule.yaml:7)");
        scene.policy("deny", Action.DENY, when(Attribute.SOURCE_NAMESPACE, "shop"));
        assertThat(scene.decide("shop/cart", "shop/web").cause()).isInstanceOf(GateCause.SeveralProviders.class);
    }

    private static io.sluice.policy.model.GatePolicy custom(String name, String provider) {
        return MeshScene.policyOf(
                name, Action.CUSTOM, SHOP, List.of(), provider, false, when(Attribute.SOURCE_NAMESPACE, "shop"));
    }

    @Test
    void whatIsTriedOnlyDecidesNothing() {
        scene.add(MeshScene.policyOf("dry", Action.DENY, SHOP, List.of(), "", true, rule()))
                .policy("audit", Action.AUDIT, rule())
                .add(MeshScene.policyOf("dryAllow", Action.ALLOW, SHOP, List.of(), "", true));
        GateDecision decision = scene.decide("shop/cart", "shop/web");
        assertThat(text(decision)).isEqualTo("allow: no ALLOW policy selects the destination");
        assertThat(decision.trace())
                .extracting(step -> step.policy().id().name() + " " + step.rule() + " "
                        + step.matches().isTrue() + " " + step.enforced())
                .containsExactly("dry 0 true false", "dryAllow -1 false false", "audit 0 true false");
    }

    /** An answer is open only if what is unknown would decide. */
    @Test
    void whatIsUnknownAndWouldDecideIsSaid() {
        scene.policy("deny", Action.DENY, when(Attribute.METHOD, "PUT"))
                .policy("allow", Action.ALLOW, rule(term(Attribute.PATH, "/a"), not(Attribute.HOST, "b")));
        assertThat(text(scene.decide("shop/cart", "shop/web"))).isEqualTo("depends: it depends on host, method, path");
        Request request = scene.request("shop/cart", "shop/web");
        assertThat(scene.decide(request.with(Attribute.PATH, "/b")).outcome()).isEqualTo(Outcome.DENY);
        assertThat(scene.decide(request.with(Attribute.METHOD, "PUT")).outcome())
                .isEqualTo(Outcome.DENY);
        assertThat(text(scene.decide(request.with(Attribute.METHOD, "GET").with(Attribute.PATH, "/a"))))
                .isEqualTo("depends: it depends on host");
        assertThat(scene.decide(request.with(Attribute.METHOD, "GET")
                                .with(Attribute.PATH, "/a")
                                .with(Attribute.HOST, "c"))
                        .outcome())
                .isEqualTo(Outcome.ALLOW);
    }
}
