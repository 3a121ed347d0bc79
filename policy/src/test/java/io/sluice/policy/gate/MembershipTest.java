package io.sluice.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipTest {
    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "'',                             '',                               SIDECAR",
        "istio-injection=enabled,        '',                               SIDECAR",
        "istio-injection=enabled,        sidecar.istio.io/inject=true,     SIDECAR",
        "istio-injection=enabled,        sidecar.istio.io/inject=false,    NONE",
        "istio-injection=disabled,       '',                               NONE",
        "istio-injection=disabled,       sidecar.istio.io/inject=true,     NONE",
        "'',                             sidecar.istio.io/inject=true,     SIDECAR",
        "'',                             sidecar.istio.io/inject=false,    NONE",
        "istio.io/dataplane-mode=ambient, '',                              AMBIENT",
        "istio.io/dataplane-mode=ambient, istio.io/dataplane-mode=none,    NONE",
        "'',                             istio.io/dataplane-mode=ambient,  AMBIENT",
        "istio.io/dataplane-mode=none,   '',                               NONE",
        "istio.io/dataplane-mode=ambient, sidecar.istio.io/inject=true,    SIDECAR",
        "istio-injection=enabled,        istio.io/dataplane-mode=ambient,  SIDECAR",
        "istio-injection=disabled,       istio.io/dataplane-mode=ambient,  AMBIENT",
        "istio.io/dataplane-mode=ambient, sidecar.istio.io/inject=false,   AMBIENT"
    })
    void byTheLabelsOfNamespaceAndPod(String namespace, String pod, Membership membership) {
        MeshScene scene = new MeshScene().namespace("shop", namespace).pod("shop/web", pod, "10.0.0.1");
        assertThat(Membership.of(scene.snapshot(), scene.podOf("shop/web"))).isEqualTo(membership);
    }

    @Test
    void aPodOnItsNodesNetworkHasNoProxy() {
        MeshScene scene =
                new MeshScene().namespace("shop", "istio-injection=enabled").hostPod("shop/host", "172.18.0.1");
        assertThat(Membership.of(scene.snapshot(), scene.podOf("shop/host"))).isEqualTo(Membership.NONE);
    }
}
