package io.sluice.analysis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Mesh;
import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.directory.Targets;
import io.sluice.policy.gate.Request;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The second gate is part of an explanation, with its rule and its place. */
class GateExplanationTest {
    private static Explanation explain(
            Snapshot snapshot, String from, String to, int port, UnaryOperator<Request> saying) {
        Directory directory = Directory.of(snapshot);
        Targets targets = new Targets(directory, "shop", Map.of());
        return new Explainer(directory).explain(targets.find(from), targets.find(to), Protocol.TCP, port, saying);
    }

    private static String text(Snapshot snapshot, String from, String to, int port, UnaryOperator<Request> saying) {
        return new TextExplanation(snapshot, TextExplanation.Paint.NONE).of(explain(snapshot, from, to, port, saying));
    }

    private static String json(Snapshot snapshot, String from, String to, int port) {
        return new JsonExplanation(snapshot)
                .of(java.util.List.of(explain(snapshot, from, to, port, UnaryOperator.identity())));
    }

    @Test
    void aRuleThatDeniesIsNamedWithItsPlace() {
        String text = text(Mesh.EXAMPLE, "cart", "db", 5432, UnaryOperator.identity());
        assertThat(text)
                .startsWith("shop/cart[Pod] => shop/db[Pod] : TCP 5432: DENIED\n")
                .contains("""
                        Ingress of shop/db (10.0.0.3): allowed
                          => ingress allowed: no policy has a say

                        Gate of shop/db (10.0.0.3): denied
                            AuthorizationPolicy shop/db-console (DENY)  ../examples/istio/policies.yaml:37
                              * rules[0] method is DELETE: matches  ../examples/istio/policies.yaml:47
                          => AuthorizationPolicy shop/db-console rules[0] denies (../examples/istio/policies.yaml:47)
                        """)
                .endsWith("\nNo change of the network's policies would allow it: the gate denies it.\n");
    }

    @Test
    void whereNoAllowingRuleMatchesThePoliciesAreNamed() {
        assertThat(text(Mesh.EXAMPLE, "db", "cart", 8080, UnaryOperator.identity()))
                .contains(": DENIED")
                .contains(
                        "  => no ALLOW rule matches of AuthorizationPolicy shop/cart-for-pages (../examples/istio/policies.yaml:2)\n");
    }

    @Test
    void whatIsNotKnownIsSaidAndWhatIsAskedForDecides() {
        assertThat(text(Mesh.EXAMPLE, "pages", "cart", 8080, UnaryOperator.identity()))
                .startsWith("shop/pages[Pod] => shop/cart[Pod] : TCP 8080: DEPENDS ON THE REQUEST\n")
                .contains("  => it depends on method, path\n");
        UnaryOperator<Request> look =
                request -> request.with(Attribute.METHOD, "GET").with(Attribute.PATH, "/carts/7");
        assertThat(text(Mesh.EXAMPLE, "pages", "cart", 8080, look))
                .startsWith("shop/pages[Pod] => shop/cart[Pod] : TCP 8080: ALLOWED\n")
                .contains("* rules[0] source service account is shop/pages; method is GET or POST, path is /carts/{*}:"
                        + " matches  ../examples/istio/policies.yaml:11\n");
    }

    @Test
    void jsonHasTheGatesRuleAndNoChangeThatWouldNotHelp() {
        assertThat(json(Mesh.EXAMPLE, "cart", "db", 5432))
                .contains("\"verdict\": \"deny\"")
                .contains("\"gate\": {")
                .contains(
                        "\"reason\": \"AuthorizationPolicy shop/db-console rules[0] denies (../examples/istio/policies.yaml:47)\"")
                .contains("\"file\": \"../examples/istio/policies.yaml\"", "\"line\": 47")
                .contains("\"changes\": []");
        assertThat(json(Mesh.EXAMPLE, "pages", "cart", 8080)).contains("\"verdict\": \"depends\"");
    }

    /** Who opened the network would be no step further. */
    @Test
    void whereBothDenyNoChangeOfTheNetworkIsOffered() {
        Snapshot both = Mesh.example("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {namespace: shop, name: closed}
                spec: {podSelector: {matchLabels: {app: db}}}
                """);
        assertThat(text(both, "cart", "db", 5432, UnaryOperator.identity()))
                .contains("Ingress of shop/db (10.0.0.3): denied")
                .contains("Gate of shop/db (10.0.0.3): denied")
                .endsWith("\nNo change of the network's policies would allow it: the gate denies it.\n")
                .doesNotContain("Smallest change");
    }
}
