package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calico's tiers: their order, their default actions, and the order of the policies in them. */
class CalicoTiersTest {
    private static final String ALLOW = "ingress: [{action: Allow}]";
    private static final String DENY = "ingress: [{action: Deny}]";

    private static String global(String name, String spec) {
        return CalicoScene.policy("GlobalNetworkPolicy", name, spec);
    }

    private static String answer(String policies) {
        return CalicoScene.of(policies).ask("ingress ops/probe > shop/db TCP 1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a tier that denies: what no rule decides  | tier: security, selector: app == 'db', ingress: [{action: Allow, source: {selector: app == 'web'}}] | isolated by p
            a tier that passes: goes on to the next   | tier: logging, selector: app == 'db', ingress: [{action: Allow, source: {selector: app == 'web'}}]  | no policy
            whom no policy selects is not isolated    | tier: security, selector: app == 'web', ingress: [{action: Deny}]                                   | no policy
            nor in the direction that none is of      | tier: security, selector: app == 'db', egress: [{action: Deny}]                                     | no policy
            != matches an absent label                | tier: security, selector: missing != 'x', ingress: [{action: Deny}]                                 | deny by p[0]
            not in matches an absent label            | tier: security, selector: "missing not in {'x', 'y'}", ingress: [{action: Deny}]                    | deny by p[0]
            the default tier denies                   | selector: app == 'db', ingress: [{action: Allow, source: {selector: app == 'web'}}]                 | isolated by p
            kube-admin passes                         | tier: kube-admin, selector: app == 'db', types: [Ingress]                                           | no policy
            kube-baseline passes                      | tier: kube-baseline, selector: app == 'db', types: [Ingress]                                        | no policy
            Pass leaves the tier                      | tier: security, selector: app == 'db', ingress: [{action: Pass}, {action: Deny}]                    | no policy
            """)
    void trap39_aTiersDefaultActionIsForThoseThatItsPoliciesSelect(String name, String spec, String answer) {
        assertThat(answer(global("p", spec))).isEqualTo(answer);
    }

    @Test
    void tiersComeByOrder() {
        String early = global("early", "tier: logging, " + DENY);
        String late = global("late", "tier: security, " + ALLOW);
        assertThat(answer(late + early)).isEqualTo("deny by early[0]");
        String passes = global("early", "tier: logging, ingress: [{action: Pass}]");
        assertThat(answer(late + passes)).isEqualTo("allow by late[0]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            by order                              | order: 2,    | order: 1,    | a | b | deny by b[0]
            orders have fractions                 | order: 1.5,  | order: 1.25, | a | b | deny by b[0]
            below zero                            | order: 0,    | order: -1,   | a | b | deny by b[0]
            no order is last                      |              | order: 9e99, | a | b | deny by b[0]
            by name among equals                  | order: 1,    | order: 1,    | a | b | allow by a[0]
            by name among those without           |              |              | b | a | deny by a[0]
            a hyphen comes before the end of a name | order: 1,  | order: 1,    | web | web-old | deny by web-old[0]
            """)
    void policiesComeByOrderAndName(
            String name, String order, String other, String allowing, String denying, String answer) {
        assertThat(answer(global(allowing, (order == null ? "" : order) + ALLOW)
                        + global(denying, (other == null ? "" : other) + DENY)))
                .isEqualTo(answer);
    }

    @Test
    void namespacedAndGlobalPoliciesComeByNameTogether() {
        String namespaced = CalicoScene.policy("NetworkPolicy", "b", "order: 1, " + DENY);
        assertThat(answer(namespaced + global("a", "order: 1, " + ALLOW))).isEqualTo("allow by a[0]");
        assertThat(answer(namespaced + global("c", "order: 1, " + ALLOW))).isEqualTo("deny by b[0]");
        // Of one name, the global one comes first: its name/namespace ends earlier.
        assertThat(answer(namespaced + global("b", "order: 1, " + ALLOW))).isEqualTo("allow by b[0]");
    }

    @Test
    void kubernetesPoliciesAreOfOrder1000InTheDefaultTier() {
        String kubernetes = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: k, namespace: shop}
                spec: {podSelector: {}, ingress: [{}]}
                """;
        assertThat(answer(kubernetes + global("p", "order: 500, " + DENY))).isEqualTo("deny by p[0]");
        assertThat(answer(kubernetes + global("p", "order: 2000, " + DENY))).isEqualTo("allow by k[0]");
        assertThat(answer(kubernetes + global("p", DENY))).isEqualTo("allow by k[0]");
        // A policy of the default tier that selects the pod hides the Baseline tier from it.
        String baseline = """
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: base}
                spec: {tier: Baseline, priority: 1, subject: {namespaces: {}}, ingress: [{action: Accept, from: [{namespaces: {}}]}]}
                """;
        assertThat(answer(baseline + global("p", "types: [Ingress]"))).isEqualTo("isolated by p");
        assertThat(answer(baseline + global("p", "types: [Egress]"))).isEqualTo("allow by base[0]");
    }

    @Test
    void aHostReachesItsOwnPods() {
        CalicoScene scene =
                CalicoScene.of(global("p", "tier: security, types: [Ingress, Egress], ingress: [{action: Deny}]"));
        assertThat(scene.ask("ingress n2 > shop/db TCP 1")).isEqualTo("own node");
        assertThat(scene.ask("ingress n1 > shop/db TCP 1")).isEqualTo("deny by p[0]");
        assertThat(scene.ask("egress shop/db > n2 TCP 1")).isEqualTo("isolated by p");
    }

    @Test
    void anUnknownTierIsAnError() {
        assertThat(Reading.said(CalicoScene.policy("GlobalNetworkPolicy", "p", "tier: platform")))
                .containsExactly("5:14: error: spec.tier: there is no Tier \"platform\" in the input"
                        + " (give the object projectcalico.org/v3 Tier platform)");
        assertThat(Reading.said(CalicoScene.policy("NetworkPolicy", "p", "tier: defualt")))
                .containsExactly("5:14: error: spec.tier: there is no Tier \"defualt\" in the input"
                        + " (did you mean default?)");
    }
}
