package io.sluice.analysis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.directory.Targets;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client outside asks for a Service: whom its pods see, and what their policies say of that one. */
class ServiceEndsTest {
    private static final String NODES = """
            {apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}}
            """;

    private static Explanation explain(String nodes, String service, String admitted, String to) {
        Snapshot snapshot = Yaml.snapshot(
                nodes,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: shop, labels: {app: web}}
                spec: {nodeName: n1}
                status: {phase: Running, podIP: 10.0.0.1}
                """,
                "{apiVersion: v1, kind: Service, metadata: {name: front, namespace: shop}, spec: {" + service
                        + "ports: [{port: 80, targetPort: 8080}]}}",
                """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: front, namespace: shop, labels: {kubernetes.io/service-name: front}}
                addressType: IPv4
                endpoints: [{addresses: [198.51.100.9]}]
                ports: [{port: 8443}]
                """,
                Yaml.policy(
                        "shop",
                        "web",
                        "podSelector: {}\ningress: [{from: [{ipBlock: {cidr: " + admitted
                                + "}}], ports: [{port: 8080}]}]"));
        Directory directory = Directory.of(snapshot);
        Targets targets = new Targets(directory, "shop", Map.of());
        return new Explainer(directory).explain(targets.find("203.0.113.9"), targets.find(to), Protocol.TCP, 80);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            type: ClusterIP                                        | 203.0.113.0/24 | 203.0.113.9 allow       | is not open to the outside
            type: ClusterIP                                        | 10.0.0.0/8     | 203.0.113.9 deny        | is not open to the outside
            type: NodePort, externalTrafficPolicy: Local           | 203.0.113.0/24 | 203.0.113.9 allow       | ''
            type: NodePort, externalTrafficPolicy: Local           | 192.168.0.0/24 | 203.0.113.9 deny        | ''
            type: LoadBalancer                                     | 203.0.113.0/24 | n1 allow, n2 deny       | so the nodes are judged
            type: LoadBalancer                                     | 192.168.0.0/24 | n1 allow, n2 allow      | so the nodes are judged
            'type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/28]' | 192.168.0.0/24 | n1 allow, n2 allow | so the nodes are judged
            'type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerSourceRanges: [10.9.0.0/16, 10.8.0.0/16]' | 203.0.113.0/24 | 203.0.113.9 allow | admits 10.9.0.0/16, 10.8.0.0/16 only, not 203.0.113.9
            """)
    void whomThePodsSee(String service, String admitted, String seen, String note) {
        Explanation explanation = explain(NODES, "selector: {app: web}, " + service + ", ", admitted, "svc/front");
        assertThat(explanation.cases().stream()
                        .map(c -> TextExplanation.name(c.from()).replaceAll("node | \\(.*", "") + " "
                                + c.decision().verdict())
                        .toList())
                .containsExactly(seen.split(", "));
        assertThat(String.join("; ", explanation.notes())).contains(note).matches(note.isEmpty() ? "" : ".+");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.0/24 | allow
            192.168.0.0/24 | deny
            """)
    void withoutNodesItSaysWhatItDoesNotKnow(String admitted, String verdict) {
        Explanation explanation = explain("", "selector: {app: web}, type: NodePort, ", admitted, "svc/front");
        assertThat(explanation.verdict()).hasToString(verdict);
        assertThat(explanation.notes())
                .containsExactly(
                        "the pods of Service shop/front see the node by which a connection comes in, not 203.0.113.9"
                                + " (externalTrafficPolicy: Cluster), and these manifests have no node with an address: what is"
                                + " said here of 203.0.113.9 holds only where the network keeps the client's address");
    }

    @ParameterizedTest(name = "from {0}")
    @CsvSource(delimiter = '|', textBlock = """
            shop/web | shop/web => 198.51.100.9 on 8443
            """)
    void aServiceWithoutSelectorLeadsToItsEndpoints(String from, String reached) {
        Snapshot snapshot = Yaml.snapshot(
                "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}}",
                "{apiVersion: v1, kind: Service, metadata: {name: front, namespace: shop}, spec: {ports: [{port: 80}]}}",
                """
                apiVersion: v1
                kind: Endpoints
                metadata: {name: front, namespace: shop}
                subsets: [{addresses: [{ip: 198.51.100.9}], ports: [{port: 8443}]}]
                """);
        Directory directory = Directory.of(snapshot);
        Targets targets = new Targets(directory, "shop", Map.of());
        Explanation.Case only = new Explainer(directory)
                .explain(targets.find(from), targets.find("svc/front"), Protocol.TCP, 80)
                .cases()
                .getFirst();
        assertThat(TextExplanation.name(only.from()) + " => " + TextExplanation.name(only.to()) + " on "
                        + only.targetPort())
                .isEqualTo(reached);
    }
}
