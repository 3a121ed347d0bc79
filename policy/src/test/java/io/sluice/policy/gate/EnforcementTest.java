package io.sluice.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GatePolicy.Target;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** At which proxy a policy is enforced on what is sent to a pod. */
class EnforcementTest {
    private static final String GATEWAY = "gateway.networking.k8s.io/gateway-name=gw";
    private static final String CLASS = "gateway.networking.k8s.io/gateway-class-name=istio-waypoint";

    private final MeshScene scene = new MeshScene()
            .namespace("shop", "")
            .namespace("behind", "istio.io/use-waypoint=gw")
            .namespace("istio-system", "")
            .pod("shop/web", "app=web", "10.0.0.1")
            .pod("shop/db", "app=db", "10.0.0.2")
            .pod("shop/gw", GATEWAY + "," + CLASS, "10.0.0.3")
            .pod("shop/behind", "istio.io/use-waypoint=gw", "10.0.0.4")
            .pod("behind/web", "app=web", "10.0.1.1")
            .pod("behind/none", "istio.io/use-waypoint=none", "10.0.1.2")
            .pod("behind/gw", GATEWAY + "," + CLASS, "10.0.1.3")
            .service("shop/web", "app=web")
            .service("shop/db", "app=db")
            .service("behind/web", "app=web");

    private Enforcement of(String scope, String pod, String... targets) {
        GatePolicy policy = MeshScene.policyOf(
                "p",
                Action.ALLOW,
                MeshScene.of(scope, scope.equals("istio-system"), ""),
                Arrays.stream(targets)
                        .map(text -> text.split(" "))
                        .map(words -> new Target(words[0], words[1]))
                        .toList(),
                "",
                false);
        return Enforcement.of(scene.snapshot(), policy, scene.podOf(pod));
    }

    @ParameterizedTest(name = "{1} of {0} for {2}: {3}")
    @CsvSource({
        "shop,         Gateway gw,                  shop/gw,     BY_ITSELF",
        "shop,         Gateway gw,                  shop/behind, ELSEWHERE",
        "shop,         Gateway gw,                  shop/web,    NOWHERE",
        "shop,         Gateway other,               shop/gw,     NOWHERE",
        "shop,         Gateway other,               shop/behind, NOWHERE",
        "shop,         Gateway gw,                  behind/gw,   NOWHERE",
        "shop,         Gateway gw,                  behind/web,  NOWHERE",
        "behind,       Gateway gw,                  behind/web,  ELSEWHERE",
        "behind,       Gateway gw,                  behind/none, NOWHERE",
        "istio-system, GatewayClass istio-waypoint, shop/gw,     BY_ITSELF",
        "istio-system, GatewayClass istio-waypoint, shop/behind, ELSEWHERE",
        "istio-system, GatewayClass istio-waypoint, behind/web,  ELSEWHERE",
        "istio-system, GatewayClass istio-waypoint, behind/none, NOWHERE",
        "istio-system, GatewayClass istio-waypoint, shop/web,    NOWHERE",
        "shop,         GatewayClass istio-waypoint, shop/gw,     NOWHERE",
        "shop,         Service web,                 shop/web,    ELSEWHERE",
        "shop,         Service web,                 shop/db,     NOWHERE",
        "shop,         Service none,                shop/web,    NOWHERE",
        "shop,         Service web,                 behind/web,  NOWHERE",
        "shop,         ServiceEntry web,            shop/web,    NOWHERE",
    })
    void aPolicyThatIsBoundToSomething(String scope, String target, String pod, Enforcement where) {
        assertThat(of(scope, pod, target)).isEqualTo(where);
    }

    @Test
    void ofSeveralTargetsTheNearestCounts() {
        assertThat(of("shop", "shop/gw", "Service none", "Gateway gw")).isEqualTo(Enforcement.BY_ITSELF);
        assertThat(of("shop", "shop/gw", "Gateway gw", "Service none")).isEqualTo(Enforcement.BY_ITSELF);
        assertThat(of("shop", "shop/web", "Service web", "Gateway gw")).isEqualTo(Enforcement.ELSEWHERE);
        assertThat(of("shop", "shop/web", "Gateway gw", "Service web")).isEqualTo(Enforcement.ELSEWHERE);
    }

    @Test
    void withoutTargetsThePodsOfTheScopeEnforceIt() {
        assertThat(of("shop", "shop/web")).isEqualTo(Enforcement.BY_ITSELF);
        assertThat(of("shop", "behind/web")).isEqualTo(Enforcement.NOWHERE);
        assertThat(of("istio-system", "behind/web")).isEqualTo(Enforcement.BY_ITSELF);
    }
}
