package io.sluice.analysis.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.reach.Ends;
import io.sluice.policy.model.Snapshot;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an ingress controller or gateway is going to open, for each kind of object that leads to a Service. */
class EntrancesTest {
    private static final String AROUND = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec:
              selector: {app: web}
              ports:
              - {name: plain, port: 80, targetPort: http}
              - {name: admin, port: 81, targetPort: 9000}
              - {name: dns, port: 53, targetPort: 5353, protocol: UDP}
            """;

    private static String led(String entrance, String... policies) {
        Snapshot snapshot = Yaml.snapshot(AROUND, entrance, String.join("\n---\n", policies));
        return Connectivity.of(snapshot, Ends.Level.WORKLOADS, Focus.EVERYTHING).edges().stream()
                .filter(edge -> edge.from().name().equals(Entrances.CONTROLLER))
                .map(edge -> edge.traffic().toString())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            networking.k8s.io/v1         | Ingress   | {defaultBackend: {service: {name: web, port: {number: 80}}}}     | TCP 8080
            networking.k8s.io/v1         | Ingress   | {defaultBackend: {service: {name: web, port: {name: admin}}}}    | TCP 9000
            networking.k8s.io/v1         | Ingress   | {defaultBackend: {service: {name: web, port: {number: 8080}}}}   | ''
            networking.k8s.io/v1         | Ingress   | {rules: [{http: {paths: [{backend: {service: {name: web, port: {number: 81}}}}]}}]} | TCP 9000
            networking.k8s.io/v1         | Ingress   | {defaultBackend: {service: {name: web, port: {number: 53}}}}     | ''
            extensions/v1beta1           | Ingress   | {backend: {serviceName: web, servicePort: plain}}                | TCP 8080
            route.openshift.io/v1        | Route     | {to: {kind: Service, name: web}, port: {targetPort: 9000}}       | TCP 9000
            route.openshift.io/v1        | Route     | {to: {kind: Service, name: web}, port: {targetPort: http}}       | TCP 8080
            route.openshift.io/v1        | Route     | {to: {kind: Service, name: web}}                                 | 'TCP 8080,9000'
            gateway.networking.k8s.io/v1 | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 80}]}]}   | TCP 8080
            gateway.networking.k8s.io/v1 | HTTPRoute | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 8080}]}]} | ''
            gateway.networking.k8s.io/v1 | UDPRoute  | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 53}]}]}   | UDP 5353
            gateway.networking.k8s.io/v1 | TCPRoute  | {parentRefs: [{name: g}], rules: [{backendRefs: [{name: web, port: 53}]}]}   | ''
            gateway.networking.k8s.io/v1 | HTTPRoute | {parentRefs: [{kind: Service, name: web}], rules: [{backendRefs: [{name: web, port: 80}]}]} | ''
            """)
    void leads(String version, String kind, String spec, String traffic) {
        assertThat(led("{apiVersion: %s, kind: %s, metadata: {name: e, namespace: shop}, spec: %s}"
                        .formatted(version, kind, spec)))
                .isEqualTo(traffic);
    }

    /** As far as the policies of the pods admit somebody of whom nothing is known. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            podSelector: {}                                                                          | ''
            'podSelector: {}, ingress: [{}]'                                                         | TCP 8080
            'podSelector: {}, ingress: [{from: [{namespaceSelector: {}}], ports: [{port: http}]}]'   | TCP 8080
            'podSelector: {}, ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 80}]}]'     | ''
            'podSelector: {}, ingress: [{from: [{podSelector: {}}]}]'                                | ''
            """)
    void policiesDecide(String spec, String traffic) {
        String ingress = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: e, namespace: shop}
                spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                """;
        String policy =
                "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: shop}, spec: {"
                        + spec + "}}";
        assertThat(led(ingress, policy)).isEqualTo(traffic);
    }
}
