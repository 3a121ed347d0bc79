package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Tier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Cilium's policies decide together, and with others. */
class CiliumPolicyTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            rules of one direction isolate for it alone | ingress: [{}]                                                                              | shop/web > shop/db TCP/1                            | shop/api > shop/web TCP/1
            denying rules isolate too                   | egressDeny: [{toEntities: [world]}]                                                        | shop/api > shop/web TCP/1                           | shop/web > shop/db TCP/1, shop/web > 192.0.2.1 TCP/1
            a denial beats a permission                 | ingress: [{fromEndpoints: [{}]}], ingressDeny: [{fromEndpoints: [{matchLabels: {app: api}}]}] | shop/db > shop/web TCP/1                        | shop/api > shop/web TCP/1
            even a narrower one                         | ingressDeny: [{fromEndpoints: [{}]}], ingress: [{fromEndpoints: [{matchLabels: {app: api}}], toPorts: [{ports: [{port: "1"}]}]}] |                | shop/api > shop/web TCP/1
            of its ports only                           | ingress: [{fromEndpoints: [{}]}], ingressDeny: [{fromEndpoints: [{}], toPorts: [{ports: [{port: "1", protocol: TCP}]}]}] | shop/api > shop/web TCP/2, shop/api > shop/web UDP/1 | shop/api > shop/web TCP/1
            without default deny nothing is closed      | enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{matchLabels: {app: api}}]}] | shop/api > shop/web TCP/1, 192.0.2.1 > shop/web TCP/1 |
            but a denial still denies                   | enableDefaultDeny: {ingress: false}, ingressDeny: [{fromEndpoints: [{matchLabels: {app: api}}]}] | shop/db > shop/web TCP/1                     | shop/api > shop/web TCP/1
            it is of one direction                      | enableDefaultDeny: {ingress: false}, ingress: [{}], egress: [{}]                           | shop/api > shop/web TCP/1                           | shop/web > shop/api TCP/1
            it closes nothing where there are no rules  | enableDefaultDeny: {egress: true}, ingress: [{}]                                           | shop/web > shop/api TCP/1                           | shop/api > shop/web TCP/1
            a pod reaches itself                        | ingress: [{}], egress: [{}]                                                                | shop/web > shop/web TCP/1                           | shop/api > shop/web TCP/1
            its node reaches it                         | ingress: [{}]                                                                              | n1 > shop/web TCP/1, shop/agent > shop/web TCP/1    | n2 > shop/web TCP/1
            it does not reach its node                  | egress: [{}]                                                                               |                                                     | shop/web > n1 TCP/1, shop/web > shop/agent TCP/1
            unless a rule denies the node               | ingress: [{fromEntities: [all]}], ingressDeny: [{fromEntities: [host]}]                    | n2 > shop/web TCP/1                                 | n1 > shop/web TCP/1
            or everybody                                | ingressDeny: [{fromEntities: [all]}]                                                       |                                                     | n1 > shop/web TCP/1
            """)
    void ofOnePolicy(String name, String rules, String allowed, String denied) {
        CiliumScene.namespaced("{endpointSelector: {matchLabels: {app: web}}, " + rules + "}")
                .allows(allowed)
                .denies(denied);
    }

    /** Cilium's policies and NetworkPolicies of a pod are one set of rules. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            permissions add up                              | ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}] | ingress: [{fromEndpoints: [{matchLabels: {app: db}}]}]      | shop/api > shop/web TCP/1, shop/db > shop/web TCP/1 | data/web > shop/web TCP/1
            a denial beats a NetworkPolicy                  | ingress: [{}]                                                 | ingressDeny: [{fromEndpoints: [{matchLabels: {app: db}}]}]  | shop/api > shop/web TCP/1                           | shop/db > shop/web TCP/1
            a NetworkPolicy closes what is not closed       | ingress: []                                                   | enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{matchLabels: {app: db}}]}] | shop/db > shop/web TCP/1 | shop/api > shop/web TCP/1
            """)
    void besideNetworkPolicies(String name, String theirs, String rules, String allowed, String denied) {
        CiliumScene.of("""
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: k, namespace: shop},
                 spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress], %s}}
                """.formatted(theirs)
                        + CiliumScene.policy(
                                "CiliumNetworkPolicy",
                                "shop",
                                "c",
                                "{endpointSelector: {matchLabels: {app: web}}, " + rules + "}"))
                .allows(allowed)
                .denies(denied);
    }

    @Test
    void specAndSpecsAreSeveralPolicies() {
        Manifests read = Reading.of("""
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: p}
                spec: {endpointSelector: {matchLabels: {a: b}}, ingress: [{}]}
                specs:
                - {endpointSelector: {}, egressDeny: [{toEntities: [world]}], egress: [{toEndpoints: [{}]}]}
                - {endpointSelector: {}, egress: [{toEntities: [host]}]}
                """);
        assertThat(read.diagnostics()).isEmpty();
        List<Policy> policies = read.snapshot().policies();
        assertThat(policies)
                .extracting(p -> p.id().toString())
                .containsExactly(
                        "CiliumNetworkPolicy default/p/spec",
                        "CiliumNetworkPolicy default/p/specs[0]",
                        "CiliumNetworkPolicy default/p/specs[1]");
        assertThat(policies).allMatch(p -> p.tier().equals(Tier.NETWORK_POLICY));
        assertThat(policies).allMatch(p -> p.priority() == Policy.NETWORK_POLICY_PRIORITY);
        assertThat(policies).allMatch(p -> p.combining() == Combining.DENY_OVERRIDES);
        assertThat(policies.get(1).sections().getFirst().rules())
                .extracting(Rule::name, r -> r.position().toString())
                .containsExactly(tuple("egress[0]", "<stdin>:6:72"), tuple("egressDeny[0]", "<stdin>:6:39"));
    }

    @Test
    void aPolicyOfNodesIsReadAndReportedAndAppliedToNoPod() {
        Manifests read = Reading.of("""
                apiVersion: cilium.io/v2
                kind: CiliumClusterwideNetworkPolicy
                metadata: {name: p}
                spec: {nodeSelector: {matchLabels: {role: control}}, ingress: [{fromEntities: [cluster]}]}
                """);
        assertThat(read.snapshot().policies()).isEmpty();
        assertThat(Reading.said(read))
                .containsExactly(
                        "4:8: warning: spec.nodeSelector: a policy of nodes is applied to no pod; it is not enforced here");
    }

    /** The namespace of a namespaced policy's subject is its own, whatever it writes. */
    @Test
    void anotherNamespaceInTheSubjectIsReplaced() {
        CiliumScene scene = CiliumScene.namespaced(
                "{endpointSelector: {matchLabels: {app: web, \"k8s:io.kubernetes.pod.namespace\": data}}, ingress: [{}]}");
        scene.denies("shop/db > shop/web TCP/1").allows("shop/db > data/web TCP/1");
        assertThat(scene.warnings()).containsExactly("cilium-namespace");
    }

    /** "The endpoints of an empty list are nobody": each is said once, with its place. */
    @Test
    void whatCannotBeHonouredIsSaidOnceWithItsPlace() {
        assertThat(Reading.said("""
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: p}
                spec:
                  endpointSelector: {}
                  ingress:
                  - fromEndpoints: []
                  - fromEntities: [ingress]
                  - fromEndpoints: [{matchLabels: {"container:x": v, pod-template-hash: z}}]
                  egress:
                  - toEntities: [kube-apiserver]
                  - toGroups: [{aws: {region: eu}}]
                  - toFQDNs: [{matchName: a.b}, {matchName: c.d}]
                  - toServices: [{k8sService: {serviceName: x, namespace: far}}]
                  - toCIDRSet: [{cidrGroupRef: g}, {cidrGroupSelector: {matchLabels: {a: b}}}]
                  - toEndpoints: [{matchLabels: {io.cilium.k8s.policy.cluster: far}}]
                  - toPorts:
                    - ports: [{port: "53"}]
                      rules: {dns: [{matchPattern: "*"}]}
                    - ports: [{port: "80", protocol: TCP}]
                      rules: {http: [{method: GET, path: "/a"}]}
                """))
                .containsExactly(
                        "7:5: warning: spec.ingress[0].fromEndpoints: an empty list selects nobody, so the rule matches nothing"
                                + " (leave the field out for everybody; write [{}] for every endpoint)",
                        "8:20: warning: spec.ingress[1].fromEntities[0]: who belongs to the entity ingress is not known here; it"
                                + " matches nobody",
                        "9:36: warning: spec.ingress[2].fromEndpoints[0].matchLabels.container:x: no pod has a label of the"
                                + " source container; it is read as absent",
                        "9:54: warning: spec.ingress[2].fromEndpoints[0].matchLabels.pod-template-hash: Cilium leaves this label"
                                + " out of identities unless it is told otherwise; it is read as absent",
                        "11:18: warning: spec.egress[0].toEntities[0]: the addresses of the API server are not known here; it"
                                + " matches nobody (add the EndpointSlice of default/kubernetes)",
                        "12:5: warning: spec.egress[1].toGroups: the addresses of a cloud provider's groups are not known here;"
                                + " it matches nobody",
                        "13:5: warning: spec.egress[2].toFQDNs: names are not resolved here; the rule matches no address that it"
                                + " is not told of",
                        "14:19: warning: spec.egress[3].toServices[0].k8sService: there is no Service far/x; the rule matches"
                                + " nothing by it",
                        "15:18: warning: spec.egress[4].toCIDRSet[0].cidrGroupRef: there is no CiliumCIDRGroup g; the rule"
                                + " matches no address by it",
                        "15:37: warning: spec.egress[4].toCIDRSet[1].cidrGroupSelector: no CiliumCIDRGroup has these labels; the"
                                + " rule matches no address by it",
                        "16:34: warning: spec.egress[5].toEndpoints[0].matchLabels.io.cilium.k8s.policy.cluster: the name of the"
                                + " cluster is not known here; it is taken to be \"default\"",
                        "19:15: warning: spec.egress[6].toPorts[0].rules.dns: every name may be asked for, so the rule is read as"
                                + " one about the ports; that it must be DNS is not enforced here",
                        "20:7: warning: spec.egress[6].toPorts[1]: the rule allows only HTTP GET /a, which is not seen at the"
                                + " layer of addresses and ports; here it allows nothing");
    }
}
