package io.sluice.analysis.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** AdminNetworkPolicy and BaselineAdminNetworkPolicy: what they say stays, what is too long is split. */
class ToClusterNetworkPolicyTest {
    private static final String ADMIN = """
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata: {name: %s}
            spec:
              priority: %d
              subject: {namespaces: {}}
              egress:
            %s
            """;

    @Test
    void everyFieldKeepsItsMeaning() {
        assertThat(Conversions.converted("""
                apiVersion: policy.networking.k8s.io/v1alpha1
                kind: AdminNetworkPolicy
                metadata: {name: tenants, labels: {team: "7"}}
                spec:
                  priority: 10
                  subject: {pods: {namespaceSelector: {matchLabels: {kind: tenant}}, podSelector: {matchLabels: {app: web}}}}
                  ingress:
                  - name: metrics
                    action: Allow
                    from: [{pods: {namespaceSelector: {}, podSelector: {matchExpressions: [{key: app, operator: Exists}]}}}]
                    ports: [{portNumber: {protocol: TCP, port: 9090}}, {namedPort: metrics}, {portRange: {protocol: UDP, start: 5, end: 9}}]
                  egress:
                  - {action: Deny, to: [{networks: [10.0.0.0/8, "fd00::/8"]}, {nodes: {}}]}
                  - {action: Pass, to: [{namespaces: {}}]}
                ---
                apiVersion: policy.networking.k8s.io/v1alpha1
                kind: BaselineAdminNetworkPolicy
                metadata: {name: default}
                spec:
                  subject: {namespaces: {}}
                  ingress: [{action: Deny, from: [{namespaces: {}}]}]
                """, Target.CLUSTER_NETWORK_POLICY)).isEqualTo("""
                # From AdminNetworkPolicy tenants (<stdin>:1).
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata:
                  name: tenants
                  labels:
                    team: '7'
                spec:
                  tier: Admin
                  priority: 10
                  subject:
                    pods:
                      namespaceSelector:
                        matchLabels:
                          kind: tenant
                      podSelector:
                        matchLabels:
                          app: web
                  ingress:
                  - name: metrics
                    action: Accept
                    from:
                    - pods:
                        namespaceSelector: {}
                        podSelector:
                          matchExpressions:
                          - key: app
                            operator: Exists
                    protocols:
                    - tcp:
                        destinationPort:
                          number: 9090
                    - destinationNamedPort: metrics
                    - udp:
                        destinationPort:
                          range:
                            start: 5
                            end: 9
                  egress:
                  - action: Deny
                    to:
                    - nodes: {}
                    - networks:
                      - 10.0.0.0/8
                      - fd00::/8
                  - action: Pass
                    to:
                    - namespaces: {}
                ---
                # From BaselineAdminNetworkPolicy default (<stdin>:16).
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata:
                  name: default
                spec:
                  tier: Baseline
                  priority: 0
                  subject:
                    namespaces: {}
                  ingress:
                  - action: Deny
                    from:
                    - namespaces: {}
                """);
    }

    @Test
    void aRuleWithTooManyPeersAndPortsBecomesSeveralRulesOfTheSameAction() {
        String peers = IntStream.range(0, 60)
                .mapToObj(i -> "{namespaces: {matchLabels: {team: t" + i + "}}}")
                .collect(Collectors.joining(", "));
        String ports = IntStream.range(0, 30)
                .mapToObj(i -> "{portNumber: {protocol: TCP, port: " + (8000 + i) + "}}")
                .collect(Collectors.joining(", "));
        String yaml = Conversions.converted(
                ADMIN.formatted("long", 5, "  - {action: Deny, to: [" + peers + "], ports: [" + ports + "]}"),
                Target.CLUSTER_NETWORK_POLICY);
        assertThat(yaml.lines().filter("  - action: Deny"::equals)).hasSize(3 * 2);
        assertThat(yaml.lines().filter("kind: ClusterNetworkPolicy"::equals)).hasSize(1);
    }

    @Test
    void aPolicyWithTooManyRulesBecomesSeveralOfConsecutivePriorities() {
        String yaml = Conversions.converted(
                ADMIN.formatted("long", 5, rules(60)) + "---\n" + ADMIN.formatted("next", 8, rules(1)),
                Target.CLUSTER_NETWORK_POLICY);
        assertThat(yaml.lines().map(String::strip).filter(line -> line.matches("(name|priority): .*[0-9g].*")))
                .containsExactly(
                        "name: long",
                        "priority: 5",
                        "name: long-2",
                        "priority: 6",
                        "name: long-3",
                        "priority: 7",
                        "priority: 8");
    }

    @Test
    void withoutRoomBetweenThePrioritiesItIsRefused() {
        assertThat(Conversions.refusals(
                        ADMIN.formatted("long", 5, rules(60)) + "---\n" + ADMIN.formatted("next", 7, rules(1)),
                        Target.CLUSTER_NETWORK_POLICY,
                        Set.of()))
                .containsExactly(
                        "AdminNetworkPolicy long: it must be split into 3 policies, of the priorities 5 to 7, but"
                                + " AdminNetworkPolicy next has 7: leave room between them");
        assertThat(Conversions.refusals(
                        ADMIN.formatted("long", 999, rules(60)), Target.CLUSTER_NETWORK_POLICY, Set.of()))
                .isEqualTo(List.of("AdminNetworkPolicy long: it must be split into 3 policies, and there is no priority"
                        + " after 1000"));
    }

    /** Each with a port of its own, alternately allowing and denying, so that their order counts. */
    private static String rules(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  - {action: " + (i % 2 == 0 ? "Allow" : "Deny")
                        + ", to: [{namespaces: {matchLabels: {team: t" + i % 7
                        + "}}}], ports: [{portRange: {start: 1, end: "
                        + (i + 2) + "}}]}\n")
                .collect(Collectors.joining());
    }
}
