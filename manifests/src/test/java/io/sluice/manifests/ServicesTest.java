package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.Exposure;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who reaches Services from outside, and where those without a selector lead. */
class ServicesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                        | closed
            {type: ClusterIP, loadBalancerSourceRanges: [10.0.0.0/8]}                 | closed
            {type: ExternalName, externalName: a.b, externalIPs: [198.51.100.7]}      | closed
            {type: NodePort}                                                          | nodes
            {type: LoadBalancer}                                                      | nodes
            {type: LoadBalancer, externalTrafficPolicy: Cluster}                      | nodes
            {type: LoadBalancer, externalTrafficPolicy: Local}                        | clients
            {type: NodePort, externalTrafficPolicy: Local}                            | clients
            {externalIPs: [198.51.100.7]}                                             | nodes
            {externalIPs: [198.51.100.7], externalTrafficPolicy: Local}               | clients
            {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8, '::/0']}      | nodes [10.0.0.0/8, ::/0]
            {type: NodePort, loadBalancerSourceRanges: [10.0.0.0/8]}                  | nodes
            """)
    void whomThePodsSee(String spec, String seen) {
        Manifests read = Reading.of("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: " + spec + "}");
        assertThat(read.diagnostics()).isEmpty();
        assertThat(text(read.snapshot().services().getFirst().exposure())).isEqualTo(seen);
    }

    private static String text(Exposure exposure) {
        return switch (exposure) {
            case Exposure.Closed _ -> "closed";
            case Exposure.Open(boolean keepsSource, var admitted) ->
                (keepsSource ? "clients" : "nodes") + (admitted.isEmpty() ? "" : " " + admitted);
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {externalTrafficPolicy: local}        | Unsupported value: "local"
            {loadBalancerSourceRanges: [10.0.0]}  | must be a valid CIDR value
            {externalIPs: [x]}                    | must be a valid IP address
            """)
    void whatIsWrongIsSaid(String spec, String message) {
        String service = "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: " + spec + "}";
        assertThat(Reading.said(service)).singleElement().asString().contains(message);
    }

    private static final String SLICE = """
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: s-1, labels: {kubernetes.io/service-name: s}}
            """;

    private static final String ENDPOINTS = """
            ---
            apiVersion: v1
            kind: Endpoints
            metadata: {name: s}
            """;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            slice     | {addressType: IPv4, endpoints: [{addresses: [203.0.113.9]}], ports: [{port: 8443}]}                  | 203.0.113.9 TCP 8443
            slice     | {addressType: IPv6, endpoints: [{addresses: ['2001:db8::1']}], ports: [{name: a, port: 1, protocol: UDP}]} | 2001:db8::1 a UDP 1
            slice     | {endpoints: [{addresses: [10.0.0.1], conditions: {ready: false}}], ports: [{port: 1}]}               | ''
            slice     | {endpoints: [{addresses: [10.0.0.1], conditions: {ready: true}}], ports: [{port: 1}]}                | 10.0.0.1 TCP 1
            slice     | {addressType: FQDN, endpoints: [{addresses: [example.org]}], ports: [{port: 1}]}                     | ''
            slice     | {endpoints: [{addresses: [10.0.0.1, 10.0.0.2]}], ports: [{name: a, port: 1}, {name: b}]}              | 10.0.0.1 a TCP 1, 10.0.0.1 b TCP 0, 10.0.0.2 a TCP 1, 10.0.0.2 b TCP 0
            endpoints | {subsets: [{addresses: [{ip: 10.0.0.1}], notReadyAddresses: [{ip: 10.0.0.2}], ports: [{port: 1}]}]}   | 10.0.0.1 TCP 1
            """)
    void aServiceWithoutSelectorLeadsToItsEndpoints(String kind, String body, String endpoints) {
        String head = kind.equals("slice") ? SLICE : ENDPOINTS;
        Manifests read =
                Reading.of("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 443}]}}\n" + head
                        + fields(body));
        assertThat(read.diagnostics()).isEmpty();
        assertThat(text(read.snapshot().services().getFirst())).isEqualTo(endpoints);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {selector: {app: a}}                       | ''
            {type: ExternalName, externalName: a.b}    | ''
            {}                                         | 10.0.0.1 TCP 1
            """)
    void everyAddressCountsOnceAndOnlyWithoutSelector(String spec, String endpoints) {
        Manifests read = Reading.of("{apiVersion: v1, kind: Service, metadata: {name: s}, spec: " + spec + "}\n" + SLICE
                + fields("{endpoints: [{addresses: [10.0.0.1]}], ports: [{port: 1}]}")
                + ENDPOINTS
                + fields("{subsets: [{addresses: [{ip: 10.0.0.1}], ports: [{port: 1}]}]}"));
        assertThat(read.diagnostics()).isEmpty();
        assertThat(text(read.snapshot().services().getFirst())).isEqualTo(endpoints);
    }

    /** The entries of a mapping in braces, each on a line of its own. */
    private static String fields(String mapping) {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        for (char c : mapping.substring(1, mapping.length() - 1).toCharArray()) {
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            out.append(
                    c == ',' && depth == 0 ? "\n" : c == ' ' && out.toString().endsWith("\n") ? "" : "" + c);
        }
        return out.append('\n').toString();
    }

    private static String text(Service service) {
        return service.endpoints().stream()
                .map(e -> e.ip() + (e.portName().isEmpty() ? " " : " " + e.portName() + " ") + e.protocol() + " "
                        + e.port())
                .collect(Collectors.joining(", "));
    }
}
