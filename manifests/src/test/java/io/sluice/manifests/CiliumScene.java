package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.VerdictTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A small cluster with Cilium's policies, asked by the decider and by the table at once.
 *
 * <pre>
 * node n1 10.0.0.1: shop/web 10.1.1.1, shop/api 10.1.1.2 (http is 8080/TCP), host-network shop/agent
 * node n2 10.0.0.2 (role=control): shop/db 10.1.2.1, data/web 10.1.2.2 (account reader)
 * namespaces shop (team=red) and data (team=blue)
 * </pre>
 */
final class CiliumScene {
    private static final String CLUSTER = """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: red}}}
            - {apiVersion: v1, kind: Namespace, metadata: {name: data, labels: {team: blue}}}
            - {apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 10.0.0.1}]}}
            - {apiVersion: v1, kind: Node, metadata: {name: n2, labels: {role: control}}, status: {addresses: [{type: InternalIP, address: 10.0.0.2}]}}
            - {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: web, labels: {app: web, pod-template-hash: x}}, spec: {nodeName: n1, containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}, status: {podIP: 10.1.1.1}}
            - {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: api, labels: {app: api}}, spec: {nodeName: n1, containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}, status: {podIP: 10.1.1.2}}
            - {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: agent, labels: {app: web}}, spec: {nodeName: n1, hostNetwork: true, containers: []}, status: {podIP: 10.0.0.1}}
            - {apiVersion: v1, kind: Pod, metadata: {namespace: shop, name: db, labels: {app: db}}, spec: {nodeName: n2, containers: []}, status: {podIP: 10.1.2.1}}
            - {apiVersion: v1, kind: Pod, metadata: {namespace: data, name: web, labels: {app: web}}, spec: {nodeName: n2, serviceAccountName: reader, containers: []}, status: {podIP: 10.1.2.2}}
            - {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: api, labels: {tier: back}}, spec: {selector: {app: api}, ports: [{port: 80}]}}
            - {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: outside}, spec: {ports: [{port: 80}]}}
            - {apiVersion: v1, kind: Service, metadata: {namespace: shop, name: nowhere}, spec: {ports: [{port: 80}]}}
            - {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {namespace: shop, name: o1, labels: {kubernetes.io/service-name: outside}}, addressType: IPv4, endpoints: [{addresses: [203.0.113.7]}], ports: [{port: 80}]}
            - {apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: {name: office, labels: {kind: trusted}}, spec: {externalCIDRs: [192.0.2.0/24, "2001:db8::/32"]}}
            """;

    private final Manifests read;
    private final Snapshot snapshot;
    private final VerdictTable table;

    private CiliumScene(String policies) {
        read = Reading.of(CLUSTER + "---\n" + policies);
        assertThat(read.diagnostics().stream().filter(Diagnostic::isError)).isEmpty();
        snapshot = read.snapshot().withNames(Map.of(Ip.parse("198.51.100.1"), Set.of("www.example.com")));
        table = VerdictTable.of(snapshot);
    }

    static CiliumScene of(String policies) {
        return new CiliumScene(policies);
    }

    /** One policy in the namespace shop. */
    static CiliumScene namespaced(String spec) {
        return of(policy("CiliumNetworkPolicy", "shop", "p", spec));
    }

    static CiliumScene clusterwide(String spec) {
        return of("""
                apiVersion: cilium.io/v2
                kind: CiliumClusterwideNetworkPolicy
                metadata: {name: p}
                spec: %s
                """.formatted(spec));
    }

    static String policy(String kind, String namespace, String name, String spec) {
        return """
                ---
                apiVersion: cilium.io/v2
                kind: %s
                metadata: {namespace: %s, name: %s}
                spec: %s
                """.formatted(kind, namespace, name, spec);
    }

    /** The codes of what is warned of, in order. */
    List<String> warnings() {
        return read.diagnostics().stream().map(Diagnostic::code).toList();
    }

    /** Checks connections such as {@code shop/web > 192.0.2.1 TCP/80}, separated by commas. */
    CiliumScene allows(String connections) {
        return check(connections, Verdict.ALLOW);
    }

    CiliumScene denies(String connections) {
        return check(connections, Verdict.DENY);
    }

    private CiliumScene check(String connections, Verdict expected) {
        for (String text :
                connections == null ? new String[0] : connections.strip().split("\\s*,\\s*")) {
            Connection connection = connection(text);
            assertThat(Decider.decide(snapshot, connection).verdict())
                    .as("decider: " + text)
                    .isEqualTo(expected);
            assertThat(table.verdict(connection)).as("table: " + text).isEqualTo(expected);
        }
        return this;
    }

    private Connection connection(String text) {
        String[] words = text.split("\\s*>\\s*|\\s+");
        String[] traffic = words[2].split("/");
        Party from = party(words[0]);
        Party to = party(words[1]);
        Protocol protocol = Protocol.named(traffic[0]).orElseGet(() -> new Protocol(Integer.parseInt(traffic[0])));
        int port = Integer.parseInt(traffic[1]);
        boolean self = words[0].equals(words[1]);
        return new Connection(from, to, protocol, protocol.isIcmp() ? port << 8 : port, self);
    }

    private Party party(String name) {
        Optional<Pod> pod =
                snapshot.pods().stream().filter(p -> p.fullName().equals(name)).findFirst();
        if (pod.isPresent()) {
            return new Party.OfPod(pod.get(), pod.get().ips().getFirst());
        }
        Optional<Node> node = snapshot.node(name);
        if (node.isPresent()) {
            return new Party.OfNode(node.get(), node.get().ips().getFirst());
        }
        return new Party.OfNetwork(Ip.parse(name));
    }
}
