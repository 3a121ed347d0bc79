package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.VerdictTable;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A small cluster with policies of Calico's, asked in one line: {@code ingress shop/web > shop/db TCP 5432}. Every
 * question is put to the decider and to the table, which must name the same cause.
 */
final class CalicoScene {
    private static final String CLUSTER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {env: prod}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: ops, labels: {env: dev}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            status: {addresses: [{type: InternalIP, address: 10.0.0.1}]}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n2}
            status: {addresses: [{type: InternalIP, address: 10.0.0.2}]}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: front, namespace: shop, labels: {level: public}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {nodeName: n1, serviceAccountName: front, containers: [{name: c}]}
            status: {podIPs: [{ip: 10.1.0.1}, {ip: "fd00::1"}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, namespace: shop, labels: {app: db}}
            spec: {nodeName: n2, containers: [{name: c, ports: [{name: pg, containerPort: 5432}]}]}
            status: {podIPs: [{ip: 10.1.0.2}, {ip: "fd00::2"}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: probe, namespace: ops, labels: {app: probe}}
            spec: {nodeName: n1, containers: [{name: c}]}
            status: {podIP: 10.1.1.1}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: pg, namespace: shop}
            spec: {selector: {app: db}, ports: [{port: 15432, targetPort: pg}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: outside, namespace: shop}
            spec: {ports: [{port: 443}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: elsewhere, namespace: shop}
            spec: {ports: [{name: a, port: 443}, {name: b, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: elsewhere-1, namespace: shop, labels: {kubernetes.io/service-name: elsewhere}}
            addressType: IPv4
            endpoints: [{addresses: [192.0.2.1, 192.0.2.2]}]
            ports: [{name: a, port: 8443}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: elsewhere-2, namespace: shop, labels: {kubernetes.io/service-name: elsewhere}}
            addressType: IPv4
            endpoints: [{addresses: [192.0.2.3]}]
            ports: [{name: b, port: 8080}]
            ---
            apiVersion: projectcalico.org/v3
            kind: NetworkSet
            metadata: {name: office, namespace: shop, labels: {kind: office}}
            spec: {nets: [192.0.2.0/24]}
            ---
            apiVersion: projectcalico.org/v3
            kind: NetworkSet
            metadata: {name: lab, namespace: ops, labels: {kind: office}}
            spec: {nets: [203.0.113.0/24]}
            ---
            apiVersion: projectcalico.org/v3
            kind: GlobalNetworkSet
            metadata: {name: partners, labels: {kind: office}}
            spec: {nets: [198.51.100.7]}
            ---
            apiVersion: projectcalico.org/v3
            kind: Profile
            metadata: {name: machines}
            spec: {labelsToApply: {role: machine}}
            ---
            apiVersion: projectcalico.org/v3
            kind: HostEndpoint
            metadata: {name: n1-eth0, labels: {kind: host}}
            spec: {node: n1, interfaceName: eth0, expectedIPs: [10.0.0.1], profiles: [machines]}
            ---
            apiVersion: projectcalico.org/v3
            kind: Tier
            metadata: {name: security}
            spec: {order: 100}
            ---
            apiVersion: projectcalico.org/v3
            kind: Tier
            metadata: {name: logging}
            spec: {order: 50, defaultAction: Pass}
            ---
            """;

    private final Manifests read;
    private final Snapshot snapshot;
    private final VerdictTable table;

    private CalicoScene(Manifests read) {
        this.read = read;
        snapshot = read.snapshot();
        table = VerdictTable.of(snapshot);
    }

    /** @param policies documents; none of them may be wrong */
    static CalicoScene of(String policies) {
        CalicoScene scene = new CalicoScene(Reading.of(CLUSTER + policies));
        assertThat(scene.read.diagnostics().stream().filter(Diagnostic::isError))
                .isEmpty();
        return scene;
    }

    /** One policy, in the namespace shop if it lies in one, with its spec in one line. */
    static String policy(String kind, String name, String spec) {
        return """
                ---
                apiVersion: projectcalico.org/v3
                kind: %s
                metadata: {name: %s%s}
                spec: {%s}
                """.formatted(kind, name, kind.contains("Global") ? "" : ", namespace: shop", spec);
    }

    Manifests read() {
        return read;
    }

    /** Codes of the warnings. */
    String warnings() {
        return read.diagnostics().stream().map(Diagnostic::code).collect(Collectors.joining(" "));
    }

    String ask(String question) {
        String[] words = question.strip().split(" +");
        Direction direction = words[0].equals("ingress") ? Direction.INGRESS : Direction.EGRESS;
        Protocol protocol = Protocol.named(words[4]).orElseGet(() -> new Protocol(Integer.parseInt(words[4])));
        int port = words.length > 5 ? Integer.parseInt(words[5]) : 0;
        boolean v6 = question.contains("v6") || question.contains("::");
        Connection connection = new Connection(party(words[1], v6), party(words[3], v6), protocol, port);
        Decision decision = Decider.decide(snapshot, connection);
        Cause cause = (direction == Direction.INGRESS ? decision.ingress() : decision.egress()).cause();
        assertThat(table.cause(connection, direction)).isEqualTo(cause);
        return words(cause);
    }

    private Party party(String name, boolean v6) {
        AddressBook book = AddressBook.of(snapshot);
        Optional<Pod> pod = snapshot.pods().stream()
                .filter(p -> p.fullName().equals(name.replace("@v6", "")))
                .findFirst();
        if (pod.isPresent()) {
            return book.partyOf(pod.get(), !v6).orElseThrow();
        }
        return snapshot.node(name)
                .<Party>map(node -> new Party.OfNode(node, node.ips().getFirst()))
                .orElseGet(() -> book.party(Ip.parse(name)));
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case Cause.ByRule(var rule, var verdict) ->
                verdict.toString().toLowerCase(java.util.Locale.ROOT) + " by "
                        + rule.policy().id().name() + "[" + rule.index() + "]";
            case Cause.Isolated isolated ->
                "isolated by "
                        + isolated.policies().stream().map(PolicyId::name).collect(Collectors.joining(", "));
            case Cause.NoPolicy() -> "no policy";
            case Cause.NotASubject() -> "not a subject";
            case Cause.Self() -> "self";
            case Cause.OwnNode() -> "own node";
        };
    }
}
