package io.sluice.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.GateTerm.Attribute;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy knows of a request that says nothing of itself. */
class FactsTest {
    private final MeshScene scene = new MeshScene()
            .namespace("shop", "")
            .namespace("plain", "istio-injection=disabled")
            .node("node", "172.18.0.1")
            .pod("shop/web", "", "10.0.0.1")
            .pod("shop/cart", "", "10.0.0.2")
            .pod("plain/old", "", "10.0.1.1");

    private Facts facts(Request request, boolean tokens) {
        return new Facts(scene.snapshot(), request, true, tokens);
    }

    /** {@code ?} for what is not known, {@code -} for what is not there. */
    private static String text(Optional<List<String>> values) {
        return values.map(all -> all.isEmpty() ? "-" : String.join(" ", all)).orElse("?");
    }

    @ParameterizedTest(name = "{1} from {0}: {2}, {3}")
    @CsvSource({
        //              from,       attribute,           by HTTP,               by TCP
        "shop/cart,  SOURCE_PRINCIPAL,    td/ns/shop/sa/cart,    td/ns/shop/sa/cart",
        "shop/cart,  SOURCE_NAMESPACE,    shop,                  shop",
        "shop/cart,  SOURCE_ACCOUNT,      shop/cart,             shop/cart",
        "shop/cart,  SOURCE_TRUST_DOMAIN, td,                    td",
        "plain/old,  SOURCE_PRINCIPAL,    -,                     -",
        "plain/old,  SOURCE_NAMESPACE,    -,                     -",
        "172.18.0.1, SOURCE_PRINCIPAL,    -,                     -",
        "8.8.8.8,    SOURCE_PRINCIPAL,    ?,                     ?",
        "8.8.8.8,    SOURCE_NAMESPACE,    ?,                     ?",
        "8.8.8.8,    SOURCE_IP,           8.8.8.8,               8.8.8.8",
        "8.8.8.8,    REMOTE_IP,           ?,                     8.8.8.8",
        "8.8.8.8,    DESTINATION_IP,      10.0.0.1,              10.0.0.1",
        "8.8.8.8,    DESTINATION_PORT,    80,                    80",
        "8.8.8.8,    TOKEN_CLAIM,         -,                     -",
        "8.8.8.8,    METHOD,              ?,                     ?",
        "8.8.8.8,    FILTER,              ?,                     ?",
    })
    void whatFollowsFromTheCluster(String from, Attribute attribute, String byHttp, String byTcp) {
        Facts facts = facts(scene.request(from, "shop/web"), false);
        assertThat(text(facts.values(attribute, "", true))).isEqualTo(byHttp);
        assertThat(text(facts.values(attribute, "", false))).isEqualTo(byTcp);
    }

    @Test
    void tokensAreUnknownWhereTheyAreLookedAt() {
        Facts facts = facts(scene.request("shop/cart", "shop/web"), true);
        assertThat(text(facts.values(Attribute.TOKEN_AUDIENCE, "", true))).isEqualTo("?");
    }

    @Test
    void whatIsSaidComesFirst() {
        Request request = scene.request("8.8.8.8", "shop/web")
                .with(Attribute.SOURCE_PRINCIPAL, "spiffe://other/ns/a/sa/b")
                .with(Attribute.REMOTE_IP, "1.1.1.1")
                .with(Attribute.PATH, "/a/b?c=/d#e")
                .with(Attribute.HEADER, "x-user", List.of("me"));
        Facts facts = facts(request, false);
        assertThat(text(facts.values(Attribute.SOURCE_PRINCIPAL, "", true))).isEqualTo("other/ns/a/sa/b");
        assertThat(text(facts.values(Attribute.SOURCE_NAMESPACE, "", true))).isEqualTo("a");
        assertThat(text(facts.values(Attribute.SOURCE_ACCOUNT, "", true))).isEqualTo("a/b");
        assertThat(text(facts.values(Attribute.SOURCE_TRUST_DOMAIN, "", true))).isEqualTo("other");
        assertThat(text(facts.values(Attribute.REMOTE_IP, "", true))).isEqualTo("1.1.1.1");
        assertThat(text(facts.values(Attribute.PATH, "", true)))
                .as("without query and fragment")
                .isEqualTo("/a/b");
        assertThat(text(facts.values(Attribute.HEADER, "x-user", true))).isEqualTo("me");
        assertThat(text(facts.values(Attribute.HEADER, "x-other", true))).isEqualTo("?");
    }

    @Test
    void aPrincipalOfAnotherFormSaysNothingOfItsParts() {
        Facts facts = facts(scene.request("8.8.8.8", "shop/web").with(Attribute.SOURCE_PRINCIPAL, "odd"), false);
        assertThat(text(facts.values(Attribute.SOURCE_PRINCIPAL, "", true))).isEqualTo("odd");
        assertThat(text(facts.values(Attribute.SOURCE_NAMESPACE, "", true))).isEqualTo("-");
    }

    @Test
    void withoutMutualTlsNobodyHasAnIdentity() {
        Facts facts = new Facts(scene.snapshot(), scene.request("shop/cart", "shop/web"), false, false);
        assertThat(text(facts.principal())).isEqualTo("-");
    }

    @Test
    void everyHttpRequestHasAHostAMethodAndAPath() {
        assertThat(List.of(Attribute.values()).stream().filter(Facts::isAlwaysThere))
                .containsExactly(Attribute.HOST, Attribute.METHOD, Attribute.PATH);
    }

    @Test
    void ofWhatIsCompleteNothingIsUnknown() {
        Request request = scene.request("8.8.8.8", "shop/web");
        assertThat(request.isHttp()).isFalse();
        Request complete =
                request.with(Attribute.HEADER, "x-user", List.of("me")).complete(Attribute.HEADER);
        Facts facts = facts(complete, false);
        assertThat(text(facts.values(Attribute.HEADER, "x-user", true))).isEqualTo("me");
        assertThat(text(facts.values(Attribute.HEADER, "x-other", true))).isEqualTo("-");
        assertThat(text(facts.values(Attribute.METHOD, "", true))).isEqualTo("?");
        assertThat(complete.complete(Attribute.FILTER).complete())
                .containsExactlyInAnyOrder(Attribute.HEADER, Attribute.FILTER);
    }

    @Test
    void whatOnlyHttpHasMakesARequestOne() {
        Request request = scene.request("8.8.8.8", "shop/web");
        assertThat(request.with(Attribute.SERVER_NAME, "a").isHttp()).isFalse();
        assertThat(request.complete(Attribute.FILTER).isHttp()).isFalse();
        assertThat(request.with(Attribute.METHOD, "GET").isHttp()).isTrue();
        assertThat(request.complete(Attribute.HEADER).isHttp()).isTrue();
    }
}
