package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Mesh.MutualTls;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.Mesh.Scope;
import io.sluice.policy.model.Mesh.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshTest {
    private static final PolicyId ID = new PolicyId("AuthorizationPolicy", "shop", "p");
    private static final Selector WEB = Selector.labels(Map.of("app", "web"));

    private static Pod pod(String namespace, String app) {
        return new Pod(
                namespace,
                "p",
                Map.of("app", app),
                List.of(),
                "",
                false,
                List.of(),
                new Workload("Pod", namespace, "p"),
                SourcePosition.NONE);
    }

    @ParameterizedTest(name = "whole mesh {0}: {1}/{2} {3}")
    @CsvSource({
        "false, shop,  web, true",
        "false, shop,  db,  false",
        "false, other, web, false",
        "true,  shop,  web, true",
        "true,  shop,  db,  false",
        "true,  other, web, true"
    })
    void aScopeHoldsPodsOfItsNamespaceOrOfAll(boolean wholeMesh, String namespace, String app, boolean held) {
        assertThat(new Scope("shop", wholeMesh, WEB).holds(pod(namespace, app))).isEqualTo(held);
    }

    @Test
    void aPolicyOfTheRootNamespaceIsAboutTheWholeMesh() {
        Scope scope = new Scope("shop", false, WEB);
        assertThat(scope.under("shop")).isEqualTo(new Scope("shop", true, WEB));
        assertThat(new Scope("shop", true, WEB).under("root")).isEqualTo(scope);
    }

    @Test
    void aScopeIsOfSomePodsIfItSelects() {
        assertThat(new Scope("shop", false, WEB).isOfSomePods()).isTrue();
        assertThat(new Scope("shop", true, Selector.ALL).isOfSomePods()).isFalse();
    }

    /** Who only looks at tokens keeps nobody out. */
    @Test
    void whatCanKeepARequestFromItsDestinationIsNotSilent() {
        Scope scope = new Scope("shop", false, WEB);
        GatePolicy policy = new GatePolicy(
                ID, SourcePosition.NONE, scope, List.of(), GatePolicy.Action.ALLOW, "", false, List.of());
        PeerAuthentication authentication =
                new PeerAuthentication(ID, SourcePosition.NONE, scope, MutualTls.STRICT, Map.of());
        assertThat(Mesh.NONE.isSilent()).isTrue();
        assertThat(mesh(List.of(), List.of(), List.of(new Tokens(ID, scope))).isSilent())
                .isTrue();
        assertThat(mesh(List.of(policy), List.of(), List.of()).isSilent()).isFalse();
        assertThat(mesh(List.of(), List.of(authentication), List.of()).isSilent())
                .isFalse();
    }

    private static Mesh mesh(List<GatePolicy> policies, List<PeerAuthentication> authentications, List<Tokens> tokens) {
        return new Mesh(Mesh.ROOT_NAMESPACE, Mesh.TRUST_DOMAIN, policies, authentications, tokens);
    }
}
