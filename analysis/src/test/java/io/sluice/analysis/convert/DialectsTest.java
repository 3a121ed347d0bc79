package io.sluice.analysis.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.table.Relation;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** NetworkPolicy, Cilium and Calico: what can be said in the other is, and comes back; what cannot is refused. */
class DialectsTest {
    private static final Set<Relation> BESIDES = Set.of(Relation.OWN_NODE, Relation.SELF);

    private static final String SHOP = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: cart, namespace: shop, labels: {team: orders}}
            spec:
              podSelector: {matchLabels: {app: cart}, matchExpressions: [{key: stage, operator: NotIn, values: [test, old]}]}
              policyTypes: [Ingress, Egress]
              ingress:
              - from:
                - podSelector: {matchExpressions: [{key: app, operator: In, values: [web, api]}, {key: canary, operator: DoesNotExist}]}
                - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ops}}
                  podSelector: {matchLabels: {app: prometheus}}
                ports: [{port: 8080}, {port: 9000, endPort: 9010}, {protocol: UDP}, {port: http}]
              - from: [{namespaceSelector: {matchExpressions: [{key: env, operator: Exists}]}}]
                ports: [{protocol: SCTP, port: 7}]
              egress:
              - to: [{ipBlock: {cidr: 203.0.113.0/24, except: [203.0.113.128/25]}}, {ipBlock: {cidr: "2001:db8:1::/48"}}]
              - ports: [{port: 53}, {protocol: UDP, port: 53}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: deny, namespace: shop}
            spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: open, namespace: ops}
            spec: {podSelector: {}, ingress: [{}]}
            """;

    /** Each conversion is proved on its own; going there and back again is two of them. */
    @ParameterizedTest
    @EnumSource(names = {"CILIUM", "CALICO"})
    void networkPoliciesGoThereAndComeBack(Target target) {
        String there = Conversions.converted(SHOP, target, Relation.OWN_NODE, Relation.SELF);
        String back = Conversions.converted(there, Target.NETWORK_POLICY, Relation.OWN_NODE, Relation.SELF);
        assertThat(back.lines().filter("kind: NetworkPolicy"::equals)).hasSize(3);
        assertThat(back).contains("team: orders");
    }

    @Test
    void ciliumHasWordsForTheOwnNodeAndSparesThePodItself() {
        assertThat(Conversions.refusals(SHOP, Target.CILIUM, Set.of())).isEmpty();
    }

    @Test
    void calicoHasNoneAndSaysSo() {
        assertThat(Conversions.refusals(SHOP, Target.CALICO, Set.of()))
                .hasSize(1)
                .first()
                .asString()
                .contains("allow, then deny");
        assertThat(Conversions.refusals(SHOP, Target.CALICO, Set.of(Relation.SELF)))
                .containsExactly("egress OWN_NODE: allow, then deny");
    }

    /** A block of NetworkPolicy holds the pods that have its addresses; one of Cilium only what is outside. */
    @Test
    void aBlockThatHoldsPodsIsRefusedForCilium() {
        String policy = """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: block, namespace: shop}
                spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}
                """;
        String pod = """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: shop}
                status: {podIP: 10.1.2.3}
                """;
        assertThat(Conversions.refusals(policy, Target.CILIUM, BESIDES)).isEmpty();
        assertThat(Conversions.refusals(policy + pod, Target.CILIUM, BESIDES))
                .containsExactly("ingress OTHER: allow, then deny");
        assertThat(Conversions.refusals(policy + pod, Target.CALICO, BESIDES)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ingressDeny: [{fromEndpoints: [{}]}]                                           | a rule of it has the action DENY
        ingress: [{fromEntities: [remote-node]}]                                       | a NetworkPolicy cannot name every node and not (the pod's own node)
        ingress: [{toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{path: /a}]}}]}] | a rule of it demands
        ingress: [{fromEndpoints: [{}]}], enableDefaultDeny: {ingress: false}          | its ingress rules do not isolate the pods that it selects
        egress: [{toFQDNs: [{matchName: a.example.com}]}]                              | a NetworkPolicy cannot name everything outside of the cluster and domain name a.example.com
        """)
    void whatCiliumSaysAndNetworkPolicyCannotIsRefused(String spec, String reason) {
        List<String> refusals = Conversions.refusals(
                "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: x, namespace: a}\nspec: {endpointSelector: {}, "
                        + spec + "}\n",
                Target.NETWORK_POLICY,
                BESIDES);
        assertThat(refusals).hasSize(1).first().asString().startsWith("CiliumNetworkPolicy a/x: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ingress: [{action: Deny}]                                              | a rule of it has the action DENY
        ingress: [{action: Log}, {action: Allow}]                              | a rule of it has the action LOG
        ingress: [{action: Allow, source: {notSelector: app == 'a'}}]          | a NetworkPolicy cannot name
        ingress: [{action: Allow, source: {selector: app contains 'a'}}]       | a label selector cannot say
        ingress: [{action: Allow, protocol: ICMP, icmp: {type: 8}}]            | ICMP types have no form there
        """)
    void whatCalicoSaysAndNetworkPolicyCannotIsRefused(String spec, String reason) {
        List<String> refusals = Conversions.refusals(
                "apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: x, namespace: a}\nspec: {"
                        + spec + "}\n",
                Target.NETWORK_POLICY,
                BESIDES);
        assertThat(refusals)
                .isNotEmpty()
                .first()
                .asString()
                .startsWith("NetworkPolicy.projectcalico.org a/x: " + reason);
    }
}
