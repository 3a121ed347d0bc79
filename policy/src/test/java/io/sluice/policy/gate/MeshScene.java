package io.sluice.policy.gate;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.GateMatch;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GatePolicy.Target;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Mesh.MutualTls;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.Mesh.Scope;
import io.sluice.policy.model.Mesh.Tokens;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.ServiceAccount;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mesh in a few lines. Labels are written {@code a=b,c=d}; a pod is {@code namespace/name}, anything else an address. */
final class MeshScene {
    private final List<Namespace> namespaces = new ArrayList<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<GatePolicy> policies = new ArrayList<>();
    private final List<PeerAuthentication> authentications = new ArrayList<>();
    private final List<Tokens> tokens = new ArrayList<>();

    static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] sides = label.split("=", -1);
            labels.put(sides[0], sides[1]);
        }
        return labels;
    }

    MeshScene namespace(String name, String labels) {
        namespaces.add(new Namespace(name, labels(labels)));
        return this;
    }

    MeshScene pod(String fullName, String labels, String ip) {
        return add(fullName, labels, ip, false);
    }

    MeshScene hostPod(String fullName, String ip) {
        return add(fullName, "", ip, true);
    }

    private MeshScene add(String fullName, String labels, String ip, boolean host) {
        String[] names = fullName.split("/");
        pods.put(
                fullName,
                new Pod(
                        names[0],
                        names[1],
                        labels(labels),
                        List.of(Ip.parse(ip)),
                        "node",
                        host,
                        List.of(),
                        new Workload("Pod", names[0], names[1]),
                        SourcePosition.NONE,
                        new ServiceAccount(names[1], Map.of())));
        return this;
    }

    MeshScene node(String name, String ip) {
        nodes.add(new Node(name, Map.of(), List.of(Ip.parse(ip))));
        return this;
    }

    MeshScene service(String fullName, String selector, ServicePort... ports) {
        String[] names = fullName.split("/");
        services.add(new Service(
                names[0],
                names[1],
                "ClusterIP",
                labels(selector),
                false,
                List.of(),
                List.of(ports),
                SourcePosition.NONE));
        return this;
    }

    /** A policy of namespace shop about all its pods. */
    MeshScene policy(String name, Action action, GateRule... rules) {
        return policy(name, action, new Scope("shop", false, Selector.ALL), List.of(), rules);
    }

    MeshScene policy(String name, Action action, Scope scope, List<Target> targets, GateRule... rules) {
        policies.add(policyOf(name, action, scope, targets, "", false, rules));
        return this;
    }

    MeshScene add(GatePolicy policy) {
        policies.add(policy);
        return this;
    }

    static GatePolicy policyOf(
            String name,
            Action action,
            Scope scope,
            List<Target> targets,
            String provider,
            boolean dryRun,
            GateRule... rules) {
        return new GatePolicy(
                new PolicyId("AuthorizationPolicy", scope.namespace(), name),
                new SourcePosition(name + ".yaml", 1, 1),
                scope,
                targets,
                action,
                provider,
                dryRun,
                List.of(rules));
    }

    MeshScene mutualTls(String name, Scope scope, MutualTls mode, Map<Integer, MutualTls> ports) {
        authentications.add(new PeerAuthentication(
                new PolicyId("PeerAuthentication", scope.namespace(), name),
                new SourcePosition(name + ".yaml", 1, 1),
                scope,
                mode,
                ports));
        return this;
    }

    MeshScene tokens(Scope scope) {
        tokens.add(new Tokens(new PolicyId("RequestAuthentication", scope.namespace(), "t"), scope));
        return this;
    }

    static Scope of(String namespace, boolean wholeMesh, String labels) {
        return new Scope(namespace, wholeMesh, labels.isEmpty() ? Selector.ALL : Selector.labels(labels(labels)));
    }

    /** A rule of one term: {@code METHOD GET}. */
    static GateRule when(Attribute attribute, String... values) {
        return rule(term(attribute, values));
    }

    static GateTerm term(Attribute attribute, String... values) {
        return new GateTerm(attribute, "", matches(values), List.of());
    }

    static GateTerm not(Attribute attribute, String... values) {
        return new GateTerm(attribute, "", List.of(), matches(values));
    }

    private static List<GateMatch> matches(String... values) {
        return Arrays.stream(values)
                .<GateMatch>map(value -> GateMatch.Text.of(value, false))
                .toList();
    }

    static GateRule rule(GateTerm... conditions) {
        return new GateRule(List.of(), List.of(), List.of(conditions), new SourcePosition("rule.yaml", 7, 3));
    }

    Snapshot snapshot() {
        return Snapshot.of(namespaces, List.copyOf(pods.values()), nodes, services, List.of())
                .withMesh(new Mesh(Mesh.ROOT_NAMESPACE, "td", policies, authentications, tokens));
    }

    Pod podOf(String fullName) {
        Pod pod = pods.get(fullName);
        if (pod == null) {
            throw new IllegalArgumentException(fullName);
        }
        return pod;
    }

    private Party party(String name) {
        AddressBook book = AddressBook.of(snapshot());
        return pods.containsKey(name) ? book.partyOf(podOf(name)) : book.party(Ip.parse(name));
    }

    Connection connection(String from, String to, int port) {
        return new Connection(party(from), party(to), Protocol.TCP, port);
    }

    Request request(String from, String to) {
        return Request.of(connection(from, to, 80));
    }

    GateDecision decide(String from, String to) {
        return decide(request(from, to));
    }

    GateDecision decide(Request request) {
        return Gate.of(snapshot()).decide(request);
    }
}
