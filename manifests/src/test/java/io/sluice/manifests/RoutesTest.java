package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Services the routes of the Gateway API lead to. */
class RoutesTest {
    private static final String GATEWAY = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: a}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: front, namespace: infra}
            spec:
              listeners:
              - {name: web, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
              - {name: own, port: 81, protocol: HTTP}
              - name: team
                port: 82
                protocol: HTTPS
                allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}
              - name: others
                port: 83
                protocol: HTTP
                allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: b}}}}
              - {name: nobody, port: 84, protocol: HTTP, allowedRoutes: {namespaces: {from: None}}}
              - {name: tls, port: 443, protocol: TLS, allowedRoutes: {namespaces: {from: All}}}
              - {name: dns, port: 53, protocol: UDP, allowedRoutes: {namespaces: {from: All}}}
              - {name: raw, port: 99, protocol: TCP, allowedRoutes: {namespaces: {from: All}}}
              - name: grpc
                port: 85
                protocol: HTTP
                allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}
              - {name: special, port: 86, protocol: example.org/q, allowedRoutes: {namespaces: {from: All}}}
            ---
            """;

    private static String route(String kind, String namespace, String parents, String rest) {
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: %s
                metadata: {name: r, namespace: %s}
                spec: {parentRefs: %s, rules: [%s]}
                """.formatted(kind, namespace, parents, rest);
    }

    private static String backends(Manifests read) {
        return read.snapshot().entrances().stream()
                .flatMap(entrance -> entrance.backends().stream())
                .map(b -> b.namespace() + "/" + b.service() + " " + b.protocol() + " " + b.port())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0} of {1} to {2}")
    @CsvSource(delimiter = '|', textBlock = """
            HTTPRoute | shop  | {name: front, namespace: infra}                        | true
            HTTPRoute | shop  | {name: front, namespace: infra, sectionName: web}      | true
            HTTPRoute | shop  | {name: front, namespace: infra, port: 80}              | true
            HTTPRoute | shop  | {name: front, namespace: infra, port: 8080}            | false
            HTTPRoute | shop  | {name: front, namespace: infra, sectionName: own}      | false
            HTTPRoute | infra | {name: front, sectionName: own}                        | true
            HTTPRoute | shop  | {name: front, namespace: infra, sectionName: team}     | true
            HTTPRoute | shop  | {name: front, namespace: infra, sectionName: others}   | false
            HTTPRoute | infra | {name: front, sectionName: nobody}                     | false
            HTTPRoute | shop  | {name: front, namespace: infra, sectionName: tls}      | false
            TLSRoute  | shop  | {name: front, namespace: infra}                        | true
            TLSRoute  | shop  | {name: front, namespace: infra, sectionName: raw}      | false
            TCPRoute  | shop  | {name: front, namespace: infra, sectionName: raw}      | true
            TCPRoute  | shop  | {name: front, namespace: infra, sectionName: tls}      | true
            UDPRoute  | shop  | {name: front, namespace: infra}                        | true
            UDPRoute  | shop  | {name: front, namespace: infra, sectionName: web}      | false
            GRPCRoute | shop  | {name: front, namespace: infra, sectionName: grpc}     | true
            HTTPRoute | shop  | {name: front, namespace: infra, sectionName: grpc}     | false
            HTTPRoute | shop  | {name: front, namespace: infra, sectionName: special}  | true
            HTTPRoute | shop  | {name: not-read, namespace: infra}                     | true
            HTTPRoute | shop  | {name: set, kind: ListenerSet}                         | true
            """)
    void aRouteLeadsSomewhereIfAListenerTakesIt(String kind, String namespace, String parent, boolean taken) {
        Manifests read = Reading.of(
                GATEWAY + route(kind, namespace, "[" + parent + "]", "{backendRefs: [{name: web, port: 80}]}"));
        String protocol = kind.equals("UDPRoute") ? " UDP 80" : " TCP 80";
        assertThat(backends(read)).isEqualTo(taken ? namespace + "/web" + protocol : "");
        assertThat(read.diagnostics())
                .extracting(Diagnostic::code)
                .isEqualTo(taken ? List.of() : List.of("route-not-attached"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {backendRefs: [{name: a, port: 1}, {name: b, port: 2, weight: 3}]}                   | shop/a TCP 1, shop/b TCP 2
            {backendRefs: [{name: a, port: 1, weight: 0}]}                                       | ''
            {backendRefs: [{name: a, port: 1, kind: Bucket, group: example.org}]}                | ''
            {backendRefs: [{name: a, port: 1, kind: Service, group: ''}]}                        | shop/a TCP 1
            {filters: [{type: RequestMirror, requestMirror: {backendRef: {name: m, port: 9}}}]}  | shop/m TCP 9
            {filters: [{type: ExternalAuth, externalAuth: {backendRef: {name: x, port: 9}}}]}    | shop/x TCP 9
            {filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}               | ''
            {backendRefs: [{name: a, port: 1, filters: [{requestMirror: {backendRef: {name: m}}}]}]} | shop/a TCP 1, shop/m TCP 0
            """)
    void whatARuleLeadsTo(String rule, String backends) {
        Manifests read = Reading.of(route("HTTPRoute", "shop", "[{name: front}]", rule));
        assertThat(read.diagnostics()).isEmpty();
        assertThat(backends(read)).isEqualTo(backends);
    }

    /** A mesh route (its parent is a Service) and one without parents lead no request into the cluster. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{kind: Service, group: '', name: web}]
            []
            """)
    void aRouteWithoutGatewayIsNoEntrance(String parents) {
        Manifests read = Reading.of(route("HTTPRoute", "shop", parents, "{backendRefs: [{name: web, port: 80}]}"));
        assertThat(read.diagnostics()).isEmpty();
        assertThat(backends(read)).isEmpty();
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}  | {group: '', kind: Service, name: db}    | true
            {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}  | {group: '', kind: Service}              | true
            {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}  | {group: '', kind: Service, name: other} | false
            {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}  | {group: '', kind: Secret}               | false
            {group: gateway.networking.k8s.io, kind: GRPCRoute, namespace: shop}  | {group: '', kind: Service}              | false
            {group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: other} | {group: '', kind: Service}              | false
            {group: '', kind: HTTPRoute, namespace: shop}                         | {group: '', kind: Service}              | false
            """)
    void aReferenceIntoAnotherNamespaceNeedsItsGrant(String from, String to, boolean granted) {
        String route =
                route("HTTPRoute", "shop", "[{name: front}]", "{backendRefs: [{name: db, namespace: data, port: 5}]}");
        Manifests read = Reading.of(route + """
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: g, namespace: data}
                spec: {from: [%s], to: [%s]}
                """.formatted(from, to));
        assertThat(backends(read)).isEqualTo(granted ? "data/db TCP 5" : "");
        assertThat(Reading.said(read))
                .isEqualTo(
                        granted
                                ? List.of()
                                : List.of(
                                        "4:60: warning: spec.rules[0].backendRefs[0]: this leads nowhere: no ReferenceGrant in"
                                                + " data lets HTTPRoutes of shop refer to Service db (add one to data, or to what is"
                                                + " read)"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            SERVICE | '' | 80   | true
            SERVICE | '' | 8080 | false
            SERVICE | p  | 0    | true
            SERVICE | t  | 0    | false
            SERVICE | '' | 0    | true
            TARGET  | '' | 80   | false
            TARGET  | '' | 8080 | true
            TARGET  | p  | 0    | true
            TARGET  | '' | 0    | true
            """)
    void anIngressNamesThePortOfTheServiceAndAnOpenShiftRouteItsTarget(
            Entrance.PortOf portOf, String name, int port, boolean meant) {
        var tcp = Protocol.TCP;
        var udp = Protocol.UDP;
        var backend = new Entrance.Backend("a", "b", tcp, portOf, name, port);
        assertThat(backend.means(new ServicePort("p", tcp, 80, "", 8080))).isEqualTo(meant);
        assertThat(backend.means(new ServicePort("p", udp, 80, "", 8080))).isFalse();
    }

    @Test
    void everyVersionThatWasEverServedIsRead() {
        for (String version : List.of("v1", "v1beta1", "v1alpha3", "v1alpha2")) {
            for (String kind : RouteDecoder.KINDS) {
                String route = route(kind, "shop", "[{name: front}]", "{backendRefs: [{name: web, port: 80}]}");
                assertThat(backends(Reading.of(route.replace("k8s.io/v1", "k8s.io/" + version))))
                        .startsWith("shop/web");
            }
        }
    }
}
