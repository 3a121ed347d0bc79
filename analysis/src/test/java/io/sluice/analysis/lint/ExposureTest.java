package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Service that is open to the outside, and what its pods' policies admit: when lint says that nobody gets in. */
class ExposureTest {
    @ParameterizedTest(name = "{0} before pods that admit {1}")
    @CsvSource(delimiter = '|', textBlock = """
            type: ClusterIP                                | 'podSelector: {}'                               | false
            type: NodePort                                 | 'podSelector: {}'                               | true
            externalIPs: [198.51.100.7]                    | 'podSelector: {}'                               | true
            type: NodePort                                 | 'namespaceSelector: {}'                         | true
            type: NodePort                                 | 'ipBlock: {cidr: 203.0.113.0/24}'               | false
            type: NodePort                                 | 'ipBlock: {cidr: 192.168.0.0/24}'               | false
            'type: NodePort, externalTrafficPolicy: Local' | 'ipBlock: {cidr: 203.0.113.0/24}'               | false
            'type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerSourceRanges: [10.9.0.0/16]' | 'ipBlock: {cidr: 203.0.113.0/24}' | true
            'type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerSourceRanges: [10.9.0.0/16]' | 'ipBlock: {cidr: 10.9.9.0/24}'    | false
            'type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerSourceRanges: [10.9.0.0/16]' | 'ipBlock: {cidr: 10.0.0.0/8}'     | false
            """)
    void nobodyGetsIn(String service, String peer, boolean said) {
        LintResult result = Lints.of("""
                {apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: web, labels: {app: web}}
                spec: {nodeName: n2, containers: [{name: c, ports: [{containerPort: 8080}]}]}
                status: {phase: Running, podIP: 10.1.0.1}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {%s, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: web}
                spec: {podSelector: {}, ingress: [{from: [{%s}], ports: [{port: 8080}]}]}
                """.formatted(service, peer), LintConfig.DEFAULT);
        assertThat(result.findings())
                .extracting(Finding::id)
                .filteredOn(id -> id.equals("exposed-service-blocked"))
                .hasSize(said ? 1 : 0);
    }

    /** An address that is admitted on another port than the Service's target gets in nowhere. */
    @ParameterizedTest
    @CsvSource({"8080, false", "80, true"})
    void portsCount(int port, boolean said) {
        LintResult result = Lints.of("""
                {apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: web}
                spec: {podSelector: {}, ingress: [{ports: [{port: %d}]}]}
                """.formatted(port), LintConfig.DEFAULT);
        assertThat(result.findings())
                .extracting(Finding::id)
                .filteredOn(id -> id.equals("exposed-service-blocked"))
                .hasSize(said ? 1 : 0);
    }
}
